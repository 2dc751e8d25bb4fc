"""JupyterLab itself: a link to an exercise opens its file, and no process outlives it."""

import signal
import threading

from tests.browser.jupyter import JupyterLab
from tests.browser.server import Server
from tests.notebooks.course import copy_course
from tests.patience import lives, wait_until


def test_a_click_on_an_exercise_opens_its_file(jupyter_server, chromium_page, tmp_path):
    with JupyterLab(jupyter_server, copy_course(tmp_path)) as jupyter:
        jupyter.open(chromium_page, "notebooks/00_start_here.ipynb")
        chromium_page.locator("a", has_text="00_template.py").click()
        chromium_page.locator(".jp-FileEditor", has_text="def may_enter").wait_for()


def test_it_ends_in_the_middle_of_a_restart_and_leaves_no_process(tmp_path):
    """(In a server of its own: this one is ended.)"""
    for folder in ("course", "jupyter"):
        (tmp_path / folder).mkdir()
    with Server(tmp_path / "course", tmp_path / "jupyter") as server:
        kernel = server.session.post(server.url + "api/kernels").json()["id"]
        wait_until(lambda: len(server.family()) > 0, "No kernel was started.")
        before = server.family()
        restart = threading.Thread(target=server.session.post, args=(f"{server.url}api/kernels/{kernel}/restart",))
        restart.start()
        wait_until(lambda: not all(map(lives, before)), "The kernel did not end.")
        family = before | server.family()

    restart.join()
    assert server.process.returncode != -signal.SIGKILL
    assert not list(filter(lives, family))
