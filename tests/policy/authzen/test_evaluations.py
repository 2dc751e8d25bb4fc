"""Several questions at once: the three semantics, what is told of a decision, and what is refused as a whole."""

import pytest

from labsrv.kit.access.decisions import Decision, RuleRead
from labsrv.kit.access.questions import BadQuestion
from labsrv.policy.authzen.evaluations import MOST_EVALUATIONS, answer, evaluation, evaluations

ASKED = {"subject": {"type": "user", "id": "alice"}, "action": {"name": "read"}}


class Decider:
    """Permits the documents that it is told to, and counts."""

    def __init__(self, *permitted):
        self.permitted, self.asked = permitted, []

    def __call__(self, question):
        self.asked.append(question.resource.id)
        return Decision("permit" if question.resource.id in self.permitted else "not applicable")


def batch(*ids, **options):
    asked = [{"resource": {"type": "document", "id": each}} if each else {} for each in ids]
    return ASKED | {"evaluations": asked, "options": options}


# The documents of the specification's example (7.1.2.1): 1 and 3 may be read. "" is no question.
ENDS = {
    "all": ("execute_all", "123", [True, False, True], "123"),
    "the first deny": ("deny_on_first_deny", "123", [True, False], "12"),
    "the first permit": ("permit_on_first_permit", "123", [True], "1"),
    "a permit later on": ("permit_on_first_permit", "2213", [False, False, True], "221"),
    "no deny": ("deny_on_first_deny", "131", [True, True, True], "131"),
    "no permit": ("permit_on_first_permit", "222", [False, False, False], "222"),
    "what is no question is a deny": ("deny_on_first_deny", ["1", "", "3"], [True, False], "1"),
    "and no permit": ("permit_on_first_permit", ["", "3", "1"], [False, True], "3"),
}


@pytest.mark.parametrize(("semantic", "ids", "decisions", "asked"), ENDS.values(), ids=ENDS)
def test_where_it_ends(semantic, ids, decisions, asked):
    decider = Decider("1", "3")
    said = evaluations(batch(*ids, evaluations_semantic=semantic), decider, explain=False)

    assert [each["decision"] for each in said["evaluations"]] == decisions
    assert "".join(decider.asked) == asked


REFUSED = {
    "an unknown semantic": (batch("1", evaluations_semantic="any"), "evaluations_semantic is one of"),
    "a semantic that is null": (batch("1", evaluations_semantic=None), "evaluations_semantic is one of"),
    "a semantic that is a list": (batch("1", evaluations_semantic=[]), "evaluations_semantic is one of"),
    "options that are text": (batch("1") | {"options": "execute_all"}, "options is missing or no object"),
    "an object": (ASKED | {"evaluations": {}}, "has to be a list of objects"),
    "a text in it": (ASKED | {"evaluations": ["1"]}, "has to be a list of objects"),
    "null": (ASKED | {"evaluations": None}, "has to be a list of objects"),
    "too many": (batch(*["1"] * (MOST_EVALUATIONS + 1)), f"the most is {MOST_EVALUATIONS}"),
    "a default that is nobody": (batch("1") | {"subject": "alice"}, "subject is missing or no object"),
    "a default that is no action": (batch("1") | {"action": {}}, "action.name is missing"),
    "a default that is no context": (batch("1") | {"context": []}, "context is missing or no object"),
}


@pytest.mark.parametrize(("said", "words"), REFUSED.values(), ids=REFUSED)
def test_what_is_refused_as_a_whole(said, words):
    decider = Decider("1")
    with pytest.raises(BadQuestion, match=words):
        evaluations(said, decider, explain=False)

    assert decider.asked == []


def test_options_that_nobody_knows_are_passed_over():
    assert evaluations(batch("1", another_option="value"), Decider("1"), False) == {"evaluations": [{"decision": True}]}


def test_a_default_is_replaced_as_a_whole():
    said = batch("1") | {"resource": {"type": "document", "id": "9", "properties": {"secret": True}}}
    seen = []
    evaluations(said, lambda question: seen.append(question) or Decision("deny"), explain=False)

    assert seen[0].resource.properties == {}


TOLD = {
    "a permit": (Decision("permit"), {"decision": True}),
    "a permit on a condition": (
        Decision("permit", ({"name": "watermark"},)),
        {"decision": True, "context": {"demands": [{"name": "watermark"}]}},
    ),
    "nothing permits it": (Decision("not applicable"), {"decision": False, "context": {"outcome": "not applicable"}}),
    "a deny": (
        Decision("deny", says="Not at night."),
        {"decision": False, "context": {"outcome": "deny", "reason_user": {"403": "Not at night."}}},
    ),
    "prove more": (
        Decision("deny", ({"name": "step_up", "acr": "mfa"},)),
        {"decision": False, "context": {"outcome": "deny", "demands": [{"name": "step_up", "acr": "mfa"}]}},
    ),
}


@pytest.mark.parametrize(("decision", "told"), TOLD.values(), ids=TOLD)
def test_what_is_told_of_a_decision(decision, told):
    assert answer(decision, explain=False) == told


def test_why_is_told_where_it_is_asked_for():
    decision = Decision("deny", trace=(RuleRead("night", "deny", "deny", (), "it is late"),), determining=("night",))

    assert "night" not in str(answer(decision, explain=False))
    assert answer(decision, explain=True)["context"]["trace"][0]["because"] == "it is late"


def test_one_question_is_no_batch():
    with pytest.raises(BadQuestion, match="resource is missing"):
        evaluation(ASKED, Decider(), explain=False)
