"""CheckPanel in a real JupyterLab: a check fails, the file is opened beside the notebook, edited, saved, and passes."""

import json

import pytest

from tests.browser.jupyter import JupyterLab, wait_until
from tests.browser.made_notebook import restart_kernel, written
from tests.notebooks.course import COURSE, copy_course

WINDOW = {"width": 1500, "height": 1000}
STEM = "02_sessions/renew_id"
START = """
from labsrv.labs import start
from labsrv.workbench import CheckPanel
lab = start("sessions")
"""
SHOW = f'CheckPanel("{STEM}", lab=lab)'
ATTACK = "from labsrv.labs.sessions import attacks\nattacks.planted_id(lab)"


@pytest.fixture
def jupyter(chromium, tmp_path):
    """Yield a JupyterLab on a copy of the course with one notebook."""
    course = copy_course(tmp_path / "course")
    written(course, "panel.ipynb", START, SHOW, ATTACK)
    (tmp_path / "jupyter").mkdir()
    with JupyterLab(course, tmp_path / "jupyter") as jupyter:
        yield jupyter


def points(page):
    """Return the points that the panel shows."""
    return page.locator(".al-check-points").inner_text().split("(")[0].strip()


def replace_all(page, text):
    """Type over what JupyterLab's own editor holds, and save."""
    editor = page.locator(".jp-FileEditor .cm-content")
    editor.click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(text)
    page.keyboard.press("ControlOrMeta+s")


def test_fail_edit_save_pass_and_run_it(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    jupyter.open(page, "panel.ipynb")
    jupyter.run_all(page)
    page.locator('.al-check[data-outcome="failed"]').first.wait_for(timeout=30_000)
    assert points(page) == "0 of 7 points"

    hint = page.locator(".al-check-more:visible").first
    for shown in (1, 2):
        hint.click()
        page.locator(".al-check-hints:visible li").nth(shown - 1).wait_for()
    page.locator(".al-checks").screenshot(path=tmp_path / "before.png")

    page.locator(".al-checks button", has_text="Open renew_id.py").click()
    page.locator(".jp-FileEditor .cm-content").wait_for(timeout=30_000)
    page.wait_for_timeout(500)
    page.screenshot(path=tmp_path / "beside.png")
    replace_all(page, (COURSE / "solutions" / f"{STEM}.py").read_text(encoding="utf-8"))
    wait_until(lambda: points(page) == "7 of 7 points", 30, "The save was not seen.", page)

    page.locator(".al-checks button", has_text="Run the lab with my code").click()
    page.get_by_text("The lab runs your code.").wait_for(timeout=30_000)
    page.locator(".al-checks").screenshot(path=tmp_path / "after.png")
    page.screenshot(path=tmp_path / "page.png")
    progress = json.loads((jupyter.folder / ".authlab" / "progress.json").read_text(encoding="utf-8"))
    assert progress[STEM]["best"] == 7

    replace_all(page, "def begin_session(:\n")
    page.get_by_text("line 1: invalid syntax").first.wait_for(timeout=30_000)
    page.locator(".al-checks").screenshot(path=tmp_path / "syntax.png")

    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    page.keyboard.press("ControlOrMeta+s")
    notebook = jupyter.folder / "panel.ipynb"
    wait_until(lambda: "widget-view" in notebook.read_text(encoding="utf-8"), 10, "It was not saved.", page)
    page.reload()
    page.locator(".al-check-points", has_text="best: 7").wait_for(timeout=60_000)
    assert points(page) == "0 of 7 points"
    assert page.get_by_text("The lab runs your code.").is_visible()

    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    restart_kernel(page)
    page.get_by_text("Start the lab again").wait_for(timeout=60_000)
