"""Decisions in words: three refusals told apart, values with their types, hostile text written out."""

import pytest

from labsrv.kit.access.decisions import Decision, RuleRead
from labsrv.widgets.access.told import (
    decision_in_words,
    decision_shown,
    flip_in_words,
    flip_shown,
    question_shown,
    value_shown,
    verdict,
)
from tests.widgets.access.house import HOSTILE, QUESTION, decide, flips

STEP_UP = {"name": "step_up", "acr": "mfa"}


def rule(name, effect, outcome):
    return RuleRead(name, effect, outcome)


WORDS = {
    "permit": (Decision("permit", (), (rule("own", "permit", "permit"),), ("own",)), "Permitted"),
    "permit, and something to do": (Decision("permit", ({"name": "watermark"},)), "Permitted"),
    "permit after a step-up": (Decision("permit", (STEP_UP,)), "Prove more"),
    "a denial that demands a step-up": (
        Decision("deny", (STEP_UP,), (rule("mfa", "deny", "deny"),), ("mfa",)),
        "Prove more",
    ),
    "a denial beside it, which no step-up helps": (
        Decision("deny", (STEP_UP,), (rule("mfa", "deny", "deny"), rule("late", "deny", "deny")), ("mfa", "late")),
        "Forbidden",
    ),
    "deny": (Decision("deny", (), (rule("late", "deny", "deny"),), ("late",)), "Forbidden"),
    "no rule applies": (Decision("not applicable", (), (rule("own", "permit", "not applicable"),)), "Not permitted"),
    "no rule at all": (Decision("not applicable"), "Not permitted"),
    "denied, as nothing permits": (Decision("deny", (), (rule("own", "permit", "not applicable"),)), "Not permitted"),
    "a rule that cannot be evaluated": (
        Decision("indeterminate", (), (rule("late", "deny", "indeterminate"),), ("late",), ("deny", "permit")),
        "Cannot be decided",
    ),
}


@pytest.mark.parametrize(("decision", "word"), WORDS.values(), ids=WORDS)
def test_an_outcome_has_its_word(decision, word):
    assert verdict(decision)["word"] == word


def test_an_outcome_says_why():
    assert verdict(decide(QUESTION.having("context.time", "18:00"))) == {
        "tone": "bad",
        "word": "Forbidden",
        "why": "Because of “closed”.",
        "says": "We are closed.",
    }
    assert "could have been: deny, permit" in verdict(WORDS["a rule that cannot be evaluated"][0])["why"]
    assert 'first step_up (acr: "mfa")' in verdict(Decision("permit", (STEP_UP,)))["why"]
    assert "does this: watermark" in verdict(Decision("permit", ({"name": "watermark"},)))["why"]


VALUES = {
    "a number": (10, "10"),
    "a text that looks like one": ("10", '"10"'),
    "a fact": (True, "true"),
    "nothing": (None, "missing"),
    "an empty text": ("", '""'),
    "a list": (["a", 1], '["a", 1]'),
    "no JSON": ({1}, "{1}"),
    "hostile": (HOSTILE, '"<img src=x onerror=alert(1)>\\u202e"'),
}


@pytest.mark.parametrize(("value", "words"), VALUES.values(), ids=VALUES)
def test_a_value_shows_its_type(value, words):
    assert value_shown(value) == words


def test_the_rule_that_determines_the_result_is_marked_also_where_the_decision_names_none():
    trace = (rule("own", "permit", "permit"), rule("late", "deny", "not applicable"))

    assert [each["determines"] for each in decision_shown(Decision("permit", (), trace))["rules"]] == [True, False]


def test_a_decision_in_words_has_every_rule_and_what_it_read():
    lines = decision_in_words(decision_shown(decide(QUESTION.having("subject.clearance", "2"))))

    assert lines == [
        "Cannot be decided. Not let in: “cleared” cannot be evaluated.",
        "    closed (deny) does not apply: hours",
        '      context.time = "17:45" (time, from server clock)',
        "    own (permit) does not apply",
        "  ▶ cleared (permit) cannot be evaluated",
        '      subject.clearance = "2" (number, from staff directory); is no number',
    ]


def test_what_was_changed_stands_beside_what_it_was_in_the_order_of_the_first():
    changed = QUESTION.having("resource.owner", "alice").having("context.time", None)
    parts = {part["part"]: part["rows"] for part in question_shown(changed, QUESTION, QUESTION)}

    assert [row["name"] for row in parts["resource"]] == ["type", "id", "owner", "sensitivity"]
    assert parts["resource"][2] == {"name": "owner", "value": '"alice"', "was": '"bob"'}
    assert parts["context"] == [{"name": "time", "value": "missing", "was": '"17:45"'}]
    assert parts["subject"][2]["was"] == ""


def test_a_changed_type_is_a_change():
    parts = question_shown(QUESTION.having("subject.clearance", 2.0), QUESTION, QUESTION)

    assert parts[0]["rows"][2] == {"name": "clearance", "value": "2.0", "was": "2"}


def test_what_would_have_to_change_is_a_line():
    assert [flip_in_words(flip_shown(each)) for each in flips(QUESTION)] == [
        "  subject.clearance: 2 → 3 (HR): permitted",
        '  resource.owner: "bob" → "alice" (bob): permitted',
    ]


def test_what_is_shown_is_bounded_and_harmless():
    trace = tuple(RuleRead(HOSTILE, "deny", "deny", (), "x" * 5000) for _ in range(500))
    shown = decision_shown(Decision("deny", ({"name": HOSTILE, "more": "y" * 5000},), trace, says=HOSTILE))

    assert len(shown["rules"]) == 200 and shown["more"] == 300 and "\u202e" not in str(shown)
    assert max(len(rule["because"]) for rule in shown["rules"]) == 400 and len(shown["demands"][0]) <= 400
