"""JupyterLab itself: a link to an exercise opens its file, and no process outlives it."""

import signal
import threading

from tests.browser.jupyter import JupyterLab, lives, wait_until
from tests.notebooks.course import copy_course


def test_a_click_on_an_exercise_opens_its_file(chromium_page, tmp_path):
    (tmp_path / "jupyter").mkdir()
    with JupyterLab(copy_course(tmp_path / "course"), tmp_path / "jupyter") as jupyter:
        jupyter.open(chromium_page, "notebooks/00_start_here.ipynb")
        chromium_page.locator("a", has_text="00_template.py").click()
        chromium_page.locator(".jp-FileEditor", has_text="def may_enter").wait_for(timeout=20_000)


def test_it_ends_in_the_middle_of_a_restart_and_leaves_no_process(tmp_path):
    for folder in ("course", "jupyter"):
        (tmp_path / folder).mkdir()
    with JupyterLab(tmp_path / "course", tmp_path / "jupyter") as jupyter:
        kernel = jupyter.session.post(jupyter.url + "api/kernels").json()["id"]
        wait_until(lambda: len(jupyter.family()) > 0, 10, "No kernel was started.")
        before = jupyter.family()
        restart = threading.Thread(target=jupyter.session.post, args=(f"{jupyter.url}api/kernels/{kernel}/restart",))
        restart.start()
        wait_until(lambda: not all(map(lives, before)), 10, "The kernel did not end.")
        family = before | jupyter.family()

    restart.join()
    assert jupyter.process.returncode != -signal.SIGKILL
    assert not list(filter(lives, family))
