"""CheckPanel by its traits: what the front end is told, hints one at a time, and wishes that are none."""

import pytest

from labsrv.widgets.check_panel import LONGEST_MESSAGE, ReportPanel

HOSTILE = "<img src=x onerror=alert(1)>"
HINTS = ["Where to look.", "What to compare.", "What to read."]
# name: what a front end may send that asks for nothing there is
NO_WISHES = {
    "no object": "check",
    "a list": ["check"],
    "nothing": None,
    "an unknown verb": {"do": "format_disk"},
    "a hint for nobody": {"do": "hint", "check": "test_of_nothing"},
    "a hint for a list": {"do": "hint", "check": ["test_b"]},
    "a hint for a kept promise": {"do": "hint", "check": "test_a"},
    "code of somebody": {"do": "run", "which": "os.system"},
}


def check(name, outcome, **more):
    row = {"name": name, "promise": f"Promise of {name}.", "outcome": outcome, "points": 0, "out_of": 2, "message": ""}
    return row | {"hints": HINTS, "asvs": None, "cwe": None} | more


def report(*checks):
    return {"exercise": "02_x/y", "title": "Title", "points": 0, "out_of": 4, "checks": list(checks)}


@pytest.fixture
def asked():
    return []


@pytest.fixture
def panel(asked):
    panel = ReportPanel(on_check=lambda: asked.append("check"), on_run=asked.append)
    panel.show_report(report(check("test_a", "passed"), check("test_b", "failed", message=HOSTILE)))
    yield panel
    panel.close()


def wish(panel, message):
    panel.asked(panel, message, [])


def hints_of(panel, name="test_b"):
    (row,) = [each for each in panel.report["checks"] if each["name"] == name]
    return row["hints"], row["hints_left"]


def test_hints_come_one_at_a_time_and_only_when_asked_for(panel):
    assert hints_of(panel) == ([], 3)
    for number in (1, 2, 3, 3):
        wish(panel, {"do": "hint", "check": "test_b"})
        assert hints_of(panel) == (HINTS[:number], 3 - number)


def test_hints_stay_over_the_next_check_and_go_with_the_fault(panel):
    wish(panel, {"do": "hint", "check": "test_b"})
    panel.show_report(report(check("test_b", "failed")))
    assert hints_of(panel) == (HINTS[:1], 2)
    panel.show_report(report(check("test_b", "passed")))
    assert hints_of(panel) == ([], 0)


def test_a_message_is_data_and_bounded(panel):
    assert panel.report["checks"][1]["message"] == HOSTILE
    panel.show_report(report(check("test_b", "failed", message="x" * 100_000)))
    assert len(panel.report["checks"][0]["message"]) == LONGEST_MESSAGE


def test_buttons_ask_for_what_they_say(panel, asked):
    wish(panel, {"do": "check"})
    wish(panel, {"do": "run", "which": "mine"})
    wish(panel, {"do": "run", "which": "secure"})
    assert asked == ["check", "mine", "secure"]


@pytest.mark.parametrize("message", NO_WISHES.values(), ids=NO_WISHES)
def test_anything_else_is_ignored(message, panel, asked):
    before = panel.report
    wish(panel, message)
    assert asked == [] and panel.report == before


def test_nothing_of_it_is_built_from_strings_of_html():
    for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "DOMParser", "fetch("):
        assert word not in ReportPanel._esm.default if hasattr(ReportPanel._esm, "default") else str(ReportPanel._esm)


def test_what_keeps_a_file_from_being_used_is_said_once_above_all_promises():
    unusable = "waits until the file can be used"
    panel = ReportPanel(on_check=print, unusable=unusable)
    waiting = [check(name, "waiting", message=unusable) for name in ("test_b", "test_c")]
    panel.show_report(report(check("test_a", "failed", message="line 1: invalid syntax"), *waiting))

    assert panel.report["trouble"] == "line 1: invalid syntax"
    assert [each["message"] for each in panel.report["checks"]] == ["", "", ""]
    panel.show_report(report(check("test_a", "failed", message="It is open."), check("test_b", "passed")))
    assert not panel.report["trouble"] and panel.report["checks"][0]["message"] == "It is open."


def test_who_waits_for_another_promise_says_its_number(panel):
    waits = check("test_c", "waiting", message="waits for honest use: Promise of test_b.")
    panel.show_report(report(check("test_a", "passed"), check("test_b", "failed"), waits))

    assert panel.report["checks"][2]["message"] == "waits for 2"
    panel.show_report(report(check("test_a", "waiting", message="waits for: somebody else")))
    assert panel.report["checks"][0]["message"] == "waits for: somebody else"
