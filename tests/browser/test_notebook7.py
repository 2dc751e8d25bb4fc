"""The views in Notebook 7: people use them, the file opens in a tab, all survives a reload and tells of a restart."""

import pytest

from tests.browser.jupyter import Notebook7
from tests.browser.made_notebook import (
    Overheard,
    framed,
    log_in_by_hand,
    points,
    restart_kernel,
    save_notebook,
    type_over,
    written,
)
from tests.browser.server import NotebookServer
from tests.notebooks.course import COURSE, all_points, copy_course
from tests.patience import wait_until

ALL_POINTS = all_points("02_sessions/renew_id")

WINDOW = {"width": 1300, "height": 1000}
STEM = "02_sessions/renew_id"
CELLS = [
    """from labsrv.labs import start
from labsrv.widgets import BrowserView, TrafficView
from labsrv.workbench import CheckPanel

lab = start("sessions")
lab.alice.navigate(lab.shop.login)""",
    "BrowserView(lab.alice)",
    "TrafficView(lab.traffic)",
    f'CheckPanel("{STEM}", lab=lab)',
]
VIEWS = len(CELLS) - 1


@pytest.fixture
def jupyter(chromium, tmp_path):
    """Yield a Notebook 7 on a copy of the course with one notebook. Its server is another than JupyterLab's."""
    course = copy_course(tmp_path / "course")
    written(course, "seven.ipynb", *CELLS)
    (tmp_path / "jupyter").mkdir()
    with NotebookServer(course, tmp_path / "jupyter") as server, Notebook7(server, course) as jupyter:
        yield jupyter


def test_the_views_work_in_notebook_7(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    heard = Overheard(page)
    jupyter.open(page, "seven.ipynb")
    jupyter.run_all(page)
    assert not jupyter.errors(page)

    log_in_and_watch(page)
    fix_it_in_a_tab(page, tmp_path)
    page.screenshot(path=tmp_path / "fixed.png", full_page=True)
    come_back(jupyter, page)
    start_again(jupyter, page, tmp_path)
    assert len(heard) > 20 and heard.strangers() == []


def log_in_and_watch(page):
    """Log in by typing and clicking, and see the diagram grow."""
    assert exchanges(page) == "1 exchange"
    log_in_by_hand(page)
    framed(page).get_by_role("heading", name="Our teas").wait_for()
    wait_until(lambda: exchanges(page) == "3 exchanges", "The diagram did not grow.", page)
    page.locator(".al-tv-message", has_text="POST").first.wait_for()


def exchanges(page):
    """Return what TrafficView counts."""
    return page.locator(".al-tv-count").inner_text()


def fix_it_in_a_tab(page, pictures):
    """Open the file from the panel, in one tab however often; type the solution there, and see the panel pass."""
    panel = page.locator(".al-checks")
    panel.locator('.al-check[data-outcome="failed"]').first.wait_for()
    button = panel.get_by_role("button", name="Open renew_id.py")
    with page.context.expect_page() as opened:
        button.click()
    tab = opened.value
    tab.set_viewport_size(WINDOW)
    tab.locator(".jp-FileEditor .cm-content").wait_for()

    tab.locator(".jp-FileEditor .cm-content").click()
    tab.keyboard.insert_text("unsaved ")
    button.click()
    tab.get_by_text("unsaved ").wait_for()
    assert len(page.context.pages) == 2

    type_over(tab, (COURSE / "solutions" / f"{STEM}.py").read_text(encoding="utf-8"))
    tab.screenshot(path=pictures / "tab.png")
    wait_until(lambda: points(panel) == ALL_POINTS, "The save was not seen.", page)


def come_back(jupyter, page):
    """Save, reload, and find page, diagram and points as they were, and the page still answers."""
    save_notebook(page, jupyter.folder / "seven.ipynb")
    jupyter.reload(page)
    framed(page).get_by_role("heading", name="Our teas").wait_for()
    wait_until(lambda: exchanges(page) == "3 exchanges", "The diagram is gone.", page)
    wait_until(lambda: points(page) == ALL_POINTS, "The points are gone.", page)

    framed(page).get_by_role("link", name="Account").click()
    framed(page).get_by_role("heading", name="Hello, alice.").wait_for()


def start_again(jupyter, page, pictures):
    """Restart the kernel: each view says what to do, and doing it brings them back."""
    page.locator(".jp-InputPrompt").first.click()
    restart_kernel(page)
    told = page.get_by_text("Start the lab again: run the notebook's first cell.")
    wait_until(lambda: told.count() == VIEWS, "Not every view says so.", page)
    page.screenshot(path=pictures / "restarted.png")

    jupyter.wait_for_idle(page, "seven.ipynb")
    jupyter.run_all(page)
    framed(page).get_by_role("heading", name="Log in").wait_for()
    wait_until(lambda: points(page) == ALL_POINTS, "The panel did not come back.", page)
    assert told.count() == 0
