"""Every notebook in a real JupyterLab, in a real Chromium: all cells run, none complains, nothing is cut off."""

import os
import signal
import threading

import pytest

from tests.browser.jupyter import DARK, LIGHT, JupyterLab, lives, wait_until
from tests.notebooks.course import NOTEBOOKS, copy_course

WINDOW = {"width": 1400, "height": 900}
# Every notebook in one theme, every other one in the dark: the views are asked about in both elsewhere.
IN_A_THEME = {path.stem: (DARK if number % 2 else LIGHT, path) for number, path in enumerate(NOTEBOOKS)}


@pytest.fixture(scope="module")
def jupyter(request, chromium, tmp_path_factory):
    """Yield a JupyterLab on a copy of the course."""
    course = copy_course(tmp_path_factory.mktemp("course"))
    with JupyterLab(course, tmp_path_factory.mktemp("jupyter"), theme=request.param) as jupyter:
        yield jupyter


@pytest.mark.parametrize(("jupyter", "path"), IN_A_THEME.values(), ids=IN_A_THEME, indirect=["jupyter"])
def test_a_notebook_runs_and_reads_well(path, jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    jupyter.open(page, f"notebooks/{path.name}")
    jupyter.run_all(page)
    if os.environ.get("AUTHLAB_PICTURES"):
        take_pictures(page, tmp_path)

    assert not jupyter.errors(page)
    assert not too_wide(page), "An output is wider than the window leaves room for."


def take_pictures(page, folder):
    """Keep pictures of the whole notebook to look at, a window each."""
    cells = page.locator(".jp-Notebook .jp-Cell")
    shown = 0.0
    for number in range(cells.count()):
        box = cells.nth(number).evaluate("it => it.offsetTop + it.offsetHeight")
        if number and box - shown < WINDOW["height"] - 150:
            continue
        cells.nth(number).evaluate("it => it.scrollIntoView({block: 'start'})")
        shown = cells.nth(number).evaluate("it => it.offsetTop")
        page.wait_for_timeout(100)
        page.screenshot(path=folder / f"{number:02}.png")


def too_wide(page):
    """Return the beginnings of outputs that have to be scrolled sideways."""
    outputs = page.locator(".jp-OutputArea-output, .jp-OutputArea-output pre").all()
    return [each.inner_text()[:60] for each in outputs if each.evaluate("it => it.scrollWidth > it.clientWidth + 1")]


@pytest.mark.parametrize("jupyter", [LIGHT], indirect=True)
def test_a_click_on_an_exercise_opens_its_file(jupyter, chromium_page):
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
