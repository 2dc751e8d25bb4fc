"""The sessions lesson as a learner goes through it, in a real JupyterLab: break it, fix it, prove it, come back."""

import json

import pytest

from tests.browser.jupyter import JupyterLab
from tests.browser.made_notebook import (
    Overheard,
    framed,
    log_in_by_hand,
    points,
    rerun,
    save_notebook,
    shop_of,
    type_address,
    type_over,
    window,
)
from tests.notebooks.course import COURSE, all_points, copy_course
from tests.patience import wait_until

ALL_POINTS = all_points("02_sessions/renew_id")

WINDOW = {"width": 1500, "height": 1000}
NOTEBOOK = "notebooks/02_sessions.ipynb"
STEM = "02_sessions/renew_id"
CELLS = [
    cell for cell in json.loads((COURSE / NOTEBOOK).read_text(encoding="utf-8"))["cells"] if cell["cell_type"] == "code"
]
PLACES = {cell["id"]: number for number, cell in enumerate(CELLS)}
VIEWS = (".al-browser", ".al-checks", ".al-ci", ".al-clock", ".al-sv", ".al-tv")


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    """Yield a JupyterLab on a copy of the course: what is edited here is no learner's."""
    with JupyterLab(jupyter_server, copy_course(tmp_path / "course")) as jupyter:
        yield jupyter


def cell(page, name):
    """Return a code cell of the lesson, by its id."""
    return page.locator(".jp-NotebookPanel .jp-CodeCell").nth(PLACES[name])


def source(name, without=()):
    """Return what the lesson has in a cell, without the lines that begin with certain words."""
    lines = "".join(CELLS[PLACES[name]]["source"]).splitlines()
    return "\n".join(line for line in lines if not line.startswith(without))


def test_a_learner_goes_through_the_lesson(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(WINDOW)
    heard = Overheard(page)
    jupyter.open(page, NOTEBOOK)
    jupyter.run_all(page)
    assert not jupyter.errors(page)

    steal_by_hand(page, tmp_path)
    ask_about_the_cookie(page, tmp_path)
    fix_it(page, tmp_path)
    assert not jupyter.errors(page)
    wait_till_the_session_dies(page, tmp_path)
    come_back(jupyter, page, tmp_path)

    assert (jupyter.folder / "exercises" / f"{STEM}.py").read_text(encoding="utf-8") == solution()
    assert len(heard) > 20 and heard.strangers() == []


def solution():
    """Return what solves the exercise."""
    return (COURSE / "solutions" / f"{STEM}.py").read_text(encoding="utf-8")


def steal_by_hand(page, pictures):
    """Let Alice log in with Mallory's id, by typing and clicking; then Mallory opens the account."""
    plant = cell(page, "plant")
    rerun(page, plant, source("plant", without=("log_in", "lab.mallory", "print")))
    shop = shop_of(plant)
    type_address(plant, f"{shop}/account", who="mallory")
    framed(plant, "mallory").get_by_role("heading", name="Log in").wait_for()

    type_address(plant, f"{shop}/login")
    log_in_by_hand(plant)
    framed(plant).get_by_role("link", name="Account").click()
    framed(plant).get_by_role("heading", name="Hello, alice.").wait_for()

    type_address(plant, f"{shop}/account", who="mallory")
    framed(plant, "mallory").get_by_role("heading", name="Hello, alice.").wait_for()
    plant.screenshot(path=pictures / "stolen.png")


def ask_about_the_cookie(page, pictures):
    """Would Mallory's form carry the cookie that says nothing of SameSite? At once yes, three minutes later no."""
    attack = cell(page, "cookie-attack")
    rerun(page, attack)
    view = attack.locator(".al-ci")
    view.get_by_role("navigation", name="Cookies").get_by_role("button").first.click()
    view.get_by_label("it comes from").select_option(view.locator("option[value^=mallory]").get_attribute("value"))
    view.get_by_label("by", exact=True).select_option("form")

    verdict = view.locator(".al-ci-verdict")
    wait_until(lambda: "→ Sent" in verdict.inner_text(), "The fresh cookie stays at home.", page)
    view.get_by_label("when").select_option("180")
    wait_until(lambda: "✕ Withheld" in verdict.inner_text(), "The old cookie goes along.", page)
    view.screenshot(path=pictures / "cookie.png")


def fix_it(page, pictures):
    """See the checks fail, open the file from the panel, type the solution, save, and see all of them pass."""
    panel = cell(page, "check-renew-id").locator(".al-checks")
    panel.locator('.al-check[data-outcome="failed"]').first.wait_for()
    assert points(panel) == f"0 of {ALL_POINTS.partition(' of ')[2]}"

    panel.get_by_role("button", name="Open renew_id.py").click()
    page.locator(".jp-FileEditor .cm-content").wait_for()
    type_over(page, solution())
    wait_until(lambda: points(panel) == ALL_POINTS, "The save was not seen.", page)
    assert panel.locator('.al-check:not([data-outcome="passed"])').count() == 0
    page.screenshot(path=pictures / "fixed.png")

    replay = cell(page, "run-renew-id")
    rerun(page, replay)
    replay.get_by_text("Mallory failed: ").wait_for()
    rerun(page, cell(page, "compare-them"))
    cell(page, "compare-them").get_by_text("secure: begin_session").wait_for()


def wait_till_the_session_dies(page, pictures):
    """Move the clock as the lesson says: after 13 hours Mallory is still in, after 26 more no longer."""
    attack = cell(page, "for-ever-attack")
    rerun(page, attack)
    clock = attack.locator(".al-clock")
    later = clock.get_by_role("button", name="+13 h")
    framed(attack, "mallory").get_by_role("heading", name="Hello, alice.").wait_for()

    move(page, clock, later)
    framed(attack, "mallory").get_by_role("link", name="The tea shop").click()
    framed(attack, "mallory").get_by_role("link", name="Account").click()
    framed(attack, "mallory").get_by_role("heading", name="Hello, alice.").wait_for()

    move(page, clock, later)
    move(page, clock, later)
    window(attack, "mallory").get_by_role("button", name="Reload").click()
    framed(attack, "mallory").get_by_text("Your session has expired.").wait_for()
    attack.screenshot(path=pictures / "expired.png")


def move(page, clock, button):
    """Press a button of the clock, and wait until lab time has moved."""
    moved = clock.locator(".al-clock-moved")
    before = moved.inner_text()
    button.click()
    wait_until(lambda: moved.inner_text() != before, "The clock did not move.", page)


def come_back(jupyter, page, pictures):
    """Save, reload the page, and find every view, the points, the page and the time as they were."""
    before = {view: page.locator(view).count() for view in VIEWS}
    assert all(before.values()), before
    save_notebook(page, jupyter.folder / NOTEBOOK)
    jupyter.reload(page, NOTEBOOK, f"exercises/{STEM}.py")
    page.locator(".jp-NotebookPanel .al-checks").first.wait_for()
    wait_until(lambda: {view: page.locator(view).count() for view in VIEWS} == before, "Some did not return.", page)

    assert page.locator(".al-gone").count() == 0
    wait_until(lambda: points(cell(page, "check-renew-id")) == ALL_POINTS, "The points are gone.", page)
    attack = cell(page, "for-ever-attack")
    framed(attack, "mallory").get_by_text("Your session has expired.").wait_for()
    assert "ahead of real time" in attack.locator(".al-clock").inner_text()
    framed(attack, "mallory").get_by_role("link", name="The tea shop").click()
    framed(attack, "mallory").get_by_role("heading", name="Our teas").wait_for()
    page.locator(".jp-FileEditor", has_text="def begin_session").wait_for()
    page.screenshot(path=pictures / "back.png")
