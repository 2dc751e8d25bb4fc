"""The views of access in a real JupyterLab, by keys alone: matrix, decision, sliders, graph; a lab that stops."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.jupyter import DARK, LIGHT, JupyterLab
from tests.browser.made_notebook import rerun, written
from tests.patience import wait_until

NARROW, WIDE = {"width": 900, "height": 1500}, {"width": 1400, "height": 1500}
VIEWS = {"matrix": ".al-am", "decision": ".al-dt", "sliders": ".al-sl", "graph": ".al-rg"}
PERMITTED = re.compile("Permitted")  # and not: Not permitted
CELLS = [
    """from labsrv.labs import start
from labsrv.widgets import AccessMatrix, DecisionTrace, RoleGraph, Slider, Sliders

HOSTILE = "<img src=x onerror=document.title='owned'>"
lab = start("sessions")

def ask(actor, verb, path):
    return getattr(lab, actor).fetch(lab.shop.url + path, method=verb)

paths = ["login", "account", "basket", "basket/" + HOSTILE]
rows = [(who, verb, path, 200) for path in paths for verb in ("GET", "POST", "DELETE") for who in ("alice", "bob")]
matrix = AccessMatrix(rows, ask)
matrix""",
    """from labsrv.policy.deciding import decide
from labsrv.policy.flips.finding import flips
from labsrv.policy.policy import Policy
from labsrv.policy.searching import search_subjects
from labsrv.kit.access.questions import Entity

clearance, sensitivity = {"attribute": "subject.clearance"}, {"attribute": "resource.sensitivity"}
number = {"type": "number", "source": "staff directory", "changeable_by": "HR"}
policy = Policy.read({
    "version": 1, "combining": "deny-overrides",
    "attributes": {"subject.clearance": number, "resource.sensitivity": number | {"source": "the record"},
                   "context.time": {"type": "time", "source": "server clock", "changeable_by": "time"}},
    "rules": [
        {"name": "cleared", "effect": "permit", "when": {"at least": [clearance, sensitivity]}},
        {"name": "closed " + HOSTILE, "effect": "deny", "says": "We are closed.",
         "when": {"at least": [{"attribute": "context.time"}, "18:00"]}},
    ],
})
trace = DecisionTrace(
    {"subject": {"type": "user", "id": HOSTILE, "properties": {"clearance": 2}}, "action": {"name": "read"},
     "resource": {"type": "record", "id": "1002", "properties": {"sensitivity": 3}}, "context": {"time": "17:57"}},
    lambda question: decide(policy, question),
    lambda question: flips(policy, question),
    {"subject": lambda question: search_subjects(policy, question, [Entity("user", "carol", {"clearance": 5})])},
)
trace""",
    """controls = {"context.time": Slider.time_of_day("17:57"), "subject.clearance": Slider.number(2, 0, 5)}
Sliders(controls, trace.change)""",
    """RoleGraph({"hr": ["employee"], "payroll": ["employee"]}, {"carol": ["hr"], HOSTILE: ["employee"]},
          {"hr": ["pay:edit"], "employee": ["pay:own"]}, apart=[("hr", "payroll")])""",
    "0",
]


@pytest.fixture
def jupyter(jupyter_server, tmp_path):
    """Yield a JupyterLab on a folder with that notebook."""
    written(tmp_path, "access.ipynb", *CELLS)
    with JupyterLab(jupyter_server, tmp_path) as jupyter:
        yield jupyter


def test_the_views_of_access_are_used_by_keys(jupyter, chromium_page, tmp_path):
    page = chromium_page
    page.set_viewport_size(NARROW)
    jupyter.open(page, "access.ipynb")
    page.keyboard.press("ControlOrMeta+b")
    page.locator("#jp-left-stack").wait_for(state="hidden")
    jupyter.run_all(page)
    assert not jupyter.errors(page)

    walk_the_matrix(page)
    try_a_change_and_take_it_back(page)
    move_the_sliders(page)
    choose_a_role(page)
    assert page.locator(".jp-CodeCell").count() == len(CELLS), "A key reached the notebook's own shortcuts."
    assert page.locator(".al img").count() == 0 and "owned" not in page.title()
    pictures(jupyter, page, tmp_path)

    rerun(page, page.locator(".jp-CodeCell").last, "lab.stop()")
    page.locator(".al-am .al-ended-note").wait_for()
    assert page.get_by_role("button", name="Ask again").is_disabled()
    assert (
        "24 cells as declared" in page.locator(".al-am-sum").inner_text()
        or "differ" in page.locator(".al-am-sum").inner_text()
    )


def focused(page, attribute="aria-label"):
    return page.evaluate(f"document.activeElement.getAttribute('{attribute}')") or ""


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def walk_the_matrix(page):
    """Walk the grid by arrows, open a cell, press the notebook's shortcuts, and shut it."""
    view = page.locator(VIEWS["matrix"])
    view.locator("[data-cell][tabindex='0']").focus()
    press(page, "ArrowDown", "ArrowDown", "ArrowRight", "ArrowRight")
    assert focused(page).startswith("bob DELETE login: expected 200, observed")
    press(page, "Home", "Control+End")
    assert focused(page).startswith("bob DELETE basket/<img")
    press(page, "Control+Home", "Enter")
    expect(view.locator(".al-am-panel h4")).to_have_text("alice: GET login")
    assert page.evaluate("document.activeElement.tagName") == "H4"
    assert "/login" in view.locator(".al-am-panel").inner_text()

    press(page, "d", "d", "x", "Escape")
    assert focused(page).startswith("alice GET login") and view.locator(".al-am-panel").is_hidden()


def try_a_change_and_take_it_back(page):
    """Apply the change that turns the answer, search who can, go back."""
    view = page.locator(VIEWS["decision"])
    word = view.locator(".al-de-word").first
    assert "Not permitted" in word.inner_text()
    view.get_by_role("button", name="Try it: subject.clearance from 2 to 3").press("Enter")
    expect(word).to_contain_text(PERMITTED)
    assert focused(page, "data-key") == "back" and "✎ was 2" in view.inner_text()

    press(page, "d", "d", "Enter")
    expect(word).to_contain_text("Not permitted")
    view.get_by_role("button", name="Who can?").press("Enter")
    view.get_by_role("button", name="Ask with user carol").press("Enter")
    expect(word).to_contain_text(PERMITTED)
    press(page, "Escape")
    expect(word).to_contain_text("Not permitted")


def move_the_sliders(page):
    """Move clearance and time; the decision moves with them, also where keys come fast."""
    sliders, word = page.locator(VIEWS["sliders"]), page.locator(VIEWS["decision"]).locator(".al-de-word").first
    sliders.get_by_label("subject.clearance").focus()
    press(page, "ArrowRight", "ArrowRight")
    expect(word).to_contain_text(PERMITTED)
    sliders.get_by_label("context.time").focus()
    press(page, *["ArrowRight"] * 3)
    expect(word).to_contain_text("Forbidden")
    assert "We are closed." in page.locator(VIEWS["decision"]).inner_text()
    assert sliders.get_by_label("context.time").get_attribute("aria-valuetext") == "18:00"


def choose_a_role(page):
    """Walk to a role, choose it, let go of it."""
    view = page.locator(VIEWS["graph"])
    view.get_by_role("button", name="user carol").focus()
    press(page, "ArrowDown", "Enter")
    expect(view.locator(".al-rg-says")).to_contain_text("hr inherits the role employee")
    assert view.locator(".al-rg-below").count() == 3 and view.locator(".al-rg-apart").count() == 1
    press(page, "d", "d", "Escape")
    assert view.locator(".al-rg-below").count() == 0


def pictures(jupyter, page, folder):
    """See that nothing is cut off at the side, and take a picture of each view in each theme and width."""
    page.locator(VIEWS["matrix"]).get_by_role("button", name="alice GET login").press("Enter")
    page.locator(VIEWS["graph"]).get_by_role("button", name="role hr").press("Enter")
    for name, size in (("narrow", NARROW), ("wide", WIDE)):
        page.set_viewport_size(size)
        for theme in (DARK, LIGHT):
            jupyter.use_theme(page, theme)
            for view, css in VIEWS.items():
                shade = "dark" if theme == DARK else "light"
                wait_until(lambda css=css: fits(page.locator(css)), f"{view} is cut off, {name}.", page)
                page.locator(css).screenshot(path=folder / f"{view}-{name}-{shade}.png")


def fits(view):
    """Tell whether a view is as wide as what is in it."""
    return view.evaluate("it => it.scrollWidth <= it.clientWidth")
