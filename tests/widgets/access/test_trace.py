"""DecisionTrace by its traits: asking again with a change and back, searching, what goes wrong, clicks too late."""

import pytest

from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.widgets import DecisionTrace, Slider, Sliders
from tests.widgets.access.house import HOSTILE, QUESTION, decide, flips

PEOPLE = [Entity("user", "bob"), Entity("user", "carol", {"clearance": 5}), Entity("user", HOSTILE, {"clearance": 5})]


def who_can(question):
    asked = [(each, decide(Question(each, question.action, question.resource, question.context))) for each in PEOPLE]
    return [(each, decision) for each, decision in asked if decision.allowed]


@pytest.fixture
def view():
    return DecisionTrace(
        QUESTION, decide, flips, {"subject": who_can, "action": lambda question: ["read", Action("x")]}
    )


def wish(view, **message):
    view.wished(view, {"count": view.count} | message, [])


def word(view):
    return view.shown["decision"]["verdict"]["word"]


def test_one_click_applies_a_flip_and_the_next_takes_it_back(view):
    assert word(view) == "Not permitted" and [each["who"] for each in view.shown["flips"]] == ["HR", "bob"]
    wish(view, do="try", flip=0)
    assert word(view) == "Permitted" and view.decision.allowed
    assert view.shown["question"][0]["rows"][2] == {"name": "clearance", "value": "3", "was": "2"}

    assert view.shown["steps"] == 1 and [each["to"]["word"] for each in view.shown["flips"]] == ["Forbidden"]
    wish(view, do="back")
    assert word(view) == "Not permitted" and view.question == QUESTION and view.shown["steps"] == 0


def test_changes_add_up_and_are_taken_back_one_by_one(view):
    wish(view, do="try", flip=0)
    wish(view, do="try", flip=0)
    assert word(view) == "Forbidden" and view.shown["steps"] == 2

    wish(view, do="back")
    assert word(view) == "Permitted" and view.question.attribute("context.time") == "17:45"


def test_who_can_is_searched_and_asked_with(view):
    wish(view, do="search", kind="subject")
    assert view.shown["found"] == ["user carol", "user <img src=x onerror=alert(1)>\\u202e"]

    wish(view, do="ask", found=0)
    assert view.question.subject.id == "carol" and word(view) == "Permitted" and not view.shown["found"]


def test_actions_may_be_found_by_their_names_alone(view):
    assert view.search("action") == ["read", Action("x")] and view.shown["found"] == ["read", "x"]
    view.ask_with(0)

    assert view.question.action == Action("read")


def test_a_search_that_there_is_not_is_refused(view):
    with pytest.raises(LookupError, match="subject, action"):
        view.search("resource")
    with pytest.raises(ValueError, match="subject, action, resource"):
        DecisionTrace(QUESTION, decide, who={"people": who_can})


LATE_OR_WRONG = {
    "nothing": None,
    "a text": "try",
    "too late": {"do": "try", "flip": 0, "count": -1},
    "a flip that there is not": {"do": "try", "flip": 99},
    "one from behind": {"do": "try", "flip": -1},
    "a search that there is not": {"do": "search", "kind": "resource"},
    "one that was not found": {"do": "ask", "found": 0},
    "back from the start": {"do": "back"},
}


@pytest.mark.parametrize("message", LATE_OR_WRONG.values(), ids=LATE_OR_WRONG)
def test_a_click_too_late_or_on_nothing_changes_nothing(message, view):
    before = view.shown
    view.wished(view, {"count": view.count} | message if isinstance(message, dict) else message, [])

    assert view.shown == before and view.question == QUESTION


def test_sliders_move_the_decision_and_nothing_moves_about(view):
    sliders = Sliders({"subject.clearance": Slider.number(2, 0, 5)}, view.change)
    sliders.moved(sliders, {"do": "move", "name": "subject.clearance", "place": 3}, [])
    rows = view.shown["question"][0]["rows"]

    assert word(view) == "Permitted" and [row["name"] for row in rows] == ["type", "id", "clearance"]
    assert not view.shown["steps"] and not rows[2]["was"]


def test_what_raises_is_said_and_shows_no_decision():
    view = DecisionTrace(QUESTION, lambda question: 1 / 0, flips)

    assert view.said == "Asking for the decision raised ZeroDivisionError: division by zero"
    assert view.shown["decision"] is None and view.decision is None and view.said in view.as_text()


def test_flips_that_raise_leave_the_decision():
    view = DecisionTrace(QUESTION, decide, lambda question: 1 / 0)

    assert word(view) == "Not permitted" and view.said.startswith("Asking for what would have to change raised")


def test_a_question_may_be_json():
    assert DecisionTrace(QUESTION.as_json(), decide).question == QUESTION


def test_it_says_all_of_it_in_words(view):
    view.search("subject")
    text = view.as_text()

    assert text.splitlines()[0] == "May user alice do read on record 1002?"
    assert '  resource  type "record", id "1002", owner "bob", sensitivity 3' in text
    assert "Not permitted. No rule permits it" in text and "    own (permit) does not apply" in text
    assert "  subject.clearance: 2 → 3 (HR): permitted" in text and "Who can? user carol" in text


def test_nothing_to_change_is_said():
    assert "nothing that was tried" in DecisionTrace(QUESTION, decide, lambda question: []).as_text()
    assert "change" not in DecisionTrace(QUESTION, decide).as_text()


def test_hostile_attributes_are_written_out():
    view = DecisionTrace(QUESTION.having("context." + HOSTILE, HOSTILE).having("subject.id", HOSTILE), decide)

    assert "\u202e" not in str(view.get_state()) and "\u202e" not in view.as_text()
