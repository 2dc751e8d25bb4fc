"""CheckPanel in a real JupyterLab: a check fails, the file is opened beside the notebook, edited, saved, and passes."""

import json

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import JupyterLab
from tests.browser.made_notebook import points, restart_kernel, save_notebook, type_over, written
from tests.notebooks.course import COURSE, all_points, copy_course, worth
from tests.patience import wait_until

STEM = "02_sessions/renew_id"
ALL_POINTS = all_points(STEM)

WINDOW = {"width": 1500, "height": 1000}
START = """
from labsrv.labs import start
from labsrv.workbench import CheckPanel
lab = start("sessions")
"""
SHOW = f'CheckPanel("{STEM}", lab=lab)'
ATTACK = "from labsrv.labs.sessions import attacks\nattacks.planted_id(lab)"


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    """Yield a JupyterLab on a copy of the course with one notebook."""
    course = copy_course(tmp_path / "course")
    written(course, "panel.ipynb", START, SHOW, ATTACK)
    with JupyterLab(jupyter_server, course) as jupyter:
        yield jupyter


def test_fail_edit_save_pass_and_run_it(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    jupyter.open(page, "panel.ipynb")
    jupyter.run_all(page)
    page.locator('.al-check[data-outcome="failed"]').first.wait_for()
    assert points(page) == f"0 of {ALL_POINTS.partition(' of ')[2]}"

    hint = page.locator(".al-check-more:visible").first
    for shown in (1, 2):
        hint.click()
        page.locator(".al-check-hints:visible li").nth(shown - 1).wait_for()
    page.locator(".al-checks").screenshot(path=tmp_path / "before.png")

    page.locator(".al-checks button", has_text="Open renew_id.py").click()
    page.locator(".jp-FileEditor .cm-content").wait_for()
    page.screenshot(path=tmp_path / "beside.png", animations="disabled")
    type_over(page, (COURSE / "solutions" / f"{STEM}.py").read_text(encoding="utf-8"))
    wait_until(lambda: points(page) == ALL_POINTS, "The save was not seen.", page)

    page.locator(".al-checks button", has_text="Run the lab with my code").click()
    page.get_by_text("The lab runs your code.").wait_for()
    page.locator(".al-checks").screenshot(path=tmp_path / "after.png")
    page.screenshot(path=tmp_path / "page.png")
    progress = json.loads((jupyter.folder / ".authlab" / "progress.json").read_text(encoding="utf-8"))
    assert progress[STEM]["best"] == worth(STEM)

    type_over(page, "def begin_session(:\n")
    page.get_by_text("line 1: invalid syntax").first.wait_for()
    page.locator(".al-checks").screenshot(path=tmp_path / "syntax.png")

    save_notebook(page, jupyter.folder / "panel.ipynb")
    jupyter.reload(page, "panel.ipynb")
    page.locator(".al-check-points", has_text=f"best: {worth(STEM)}").wait_for()
    assert points(page) == f"0 of {ALL_POINTS.partition(' of ')[2]}"
    expect(page.get_by_text("The lab runs your code.")).to_be_visible()

    page.locator(".jp-Notebook .jp-InputPrompt").first.click()
    restart_kernel(page)
    page.get_by_text("Start the lab again").wait_for()
