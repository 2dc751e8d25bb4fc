"""The reference beside Cedar: decision, determining rules and errors, on questions that are drawn.

AUTHLAB_CEDAR=all asks 10,000 questions, 400 are asked otherwise.
"""

import os
from collections import Counter

import pytest

from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.policy.cedar import CedarPolicy, NotInCedar
from labsrv.policy.deciding import decide
from labsrv.policy.flips.finding import flips
from labsrv.policy.policy import Policy
from tests.policy.cases import ACTIONS, ATTRIBUTES, KINDS, WORLD, drawing, drawn_policy, drawn_question
from tests.policy.samples import PAY, TIME, attribute, policy_of

POLICIES = 200 if os.environ.get("AUTHLAB_CEDAR") == "all" else 8
QUESTIONS = 50  # to each policy

AGREE = "agree in decision, determining rules and errors"
FORBID_FAILED = "a deny can't be read: Cedar passes it over and allows, the reference is indeterminate"
WRONG_TYPE = "a value of a wrong type: Cedar takes no question, the reference reads those rules that can be read"


def in_cedar(policy):
    return CedarPolicy.of(policy, ["user"], ACTIONS, KINDS)


def kind_of(ours, cedar):
    """Return how two answers stand to each other; None where nothing explains it."""
    unread = tuple(each.rule for each in ours.trace if each.outcome == "indeterminate")
    problems = {each.rule for each in ours.trace if any(read.problem not in ("", "is missing") for read in each.read)}
    if cedar.said == "NoDecision":
        # Whoever is let in all the same is let in by rules that read nothing wrong.
        return WRONG_TYPE if cedar.problem and not (ours.allowed and problems & set(ours.determining)) else None
    if cedar.errors != unread:
        return None
    if cedar.said == "Allow" and not ours.allowed and cedar.forbids_failed:
        return FORBID_FAILED

    determining = ours.determining if ours.outcome in ("permit", "deny") else ()
    return AGREE if (cedar.said == "Allow", cedar.determining) == (ours.allowed, determining) else None


def test_the_reference_agrees_with_cedar():
    kinds, outcomes, unexplained = Counter(), Counter(), []
    for seed in range(POLICIES):
        draw = drawing("cedar", seed)
        said = drawn_policy(draw)
        policy = Policy.read(said)
        cedar = in_cedar(policy)
        for _ in range(QUESTIONS):
            question = drawn_question(draw)
            ours, theirs = decide(policy, question), cedar.ask(question)
            kind = kind_of(ours, theirs)
            kinds[kind] += 1
            outcomes[ours.outcome] += 1
            if kind is None or (kind != WRONG_TYPE and theirs.allowed is not ours.allowed):
                unexplained.append((said["rules"], question, ours, theirs))

    print(f"{sum(kinds.values())} questions to {POLICIES} policies: {dict(kinds)}, {dict(outcomes)}")
    assert unexplained[:1] == []
    assert min(outcomes.values()) > 10 and len(outcomes) == 4, "The questions have to have every outcome."
    assert kinds[AGREE] > 0.85 * sum(kinds.values()) and kinds[FORBID_FAILED] and kinds[WRONG_TYPE]


def test_flips_agree_with_partial_evaluation():
    """No change turns what Cedar answers whatever an attribute is; and what a change turns, Cedar leaves open."""
    spoken, found = Counter(), 0
    for seed in range(POLICIES // 2):
        draw = drawing("flips", seed)
        policy = Policy.read(drawn_policy(draw, presence=False))
        cedar = in_cedar(policy)
        for _ in range(5):
            question = drawn_question(draw, missing=0, wrong=0)
            decision = decide(policy, question)
            turning = [{change.name for change in flip.changes} for flip in flips(policy, question)]
            for names in turning:
                assert cedar.ask_leaving_open(question, names) == "NoDecision"
                found += 1
            for name in WORLD:
                said = cedar.ask_leaving_open(question, [name])
                spoken[said] += 1
                if said != "NoDecision":
                    assert (said == "Allow") is decision.allowed
                    assert {name} not in turning

    print(f"{found} flips that Cedar leaves open; of single attributes it says {dict(spoken)}")
    assert found > 20 and spoken["Allow"] and spoken["Deny"] and spoken["NoDecision"]


HOUSE = {"now": "2026-03-02T09:00:00+01:00", "address": "10.1.2.3", "device_trusted": True, "acr": "mfa"}
HANNA = Question(
    Entity("user", "hanna", {"roles": ["hr"], "clearance": 3, "department": "hr"}),
    Action("edit"),
    Entity("slip", "1", {"owner": "bob", "sensitivity": 3, "zone": "Europe/Berlin"}),
    HOUSE,
)


@pytest.fixture
def cedar(pay):
    return CedarPolicy.of(pay, ["user"], ["read", "edit"], ["slip"])


def test_the_pay_records_in_cedar(cedar):
    assert '@id("own")\npermit (principal, action in [Action::"read"], resource is slip)' in cedar.text
    assert cedar.ask(HANNA).determining == ("cleared",)


def test_a_missing_attribute_lets_in_with_cedar_where_nobody_reads_its_errors(cedar, pay):
    question = HANNA.having("context.acr", None)
    answer = cedar.ask(question)

    assert (answer.said, answer.errors, answer.allowed) == ("Allow", ("prove more",), False)
    assert decide(pay, question).outcome == "indeterminate"


def test_a_wrong_type_is_an_error_there_as_here(cedar, pay):
    question = HANNA.having("subject.clearance", "3")

    assert cedar.ask(question).said == "NoDecision" and "schema" in cedar.ask(question).problem
    assert not decide(pay, question).allowed


def test_whoever_asks_about_themselves_is_one_entity():
    same = {"equal": [attribute("resource.id"), attribute("subject.id")]}
    cedar = CedarPolicy.of(Policy.read(policy_of(("permit", same), attributes={})), ["user"], ["read"], ["user"])

    assert cedar.ask(Question(Entity("user", "alice"), Action("read"), Entity("user", "alice"))).allowed
    assert not cedar.ask(Question(Entity("user", "alice"), Action("read"), Entity("user", "bob"))).allowed


OUTSIDE = {
    "another algorithm": (policy_of(combining="first-applicable"), "deny-overrides alone"),
    "a broken number": (
        policy_of(("permit", {"less": [attribute("subject.level"), 0.5]}), attributes=ATTRIBUTES),
        "whole numbers",
    ),
    "a large number": (
        policy_of(("permit", {"less": [attribute("subject.level"), 2**63]}), attributes=ATTRIBUTES),
        "64 bits",
    ),
    "a name of a type": (
        PAY | {"rules": [{"name": "x", "effect": "permit", "resources": ["pay-slip"]}]},
        "'pay-slip' is none",
    ),
    "fractions of a moment": (
        policy_of(
            ("permit", {"less": [attribute("context.now"), "2026-01-01T00:00:00.000001Z"]}), attributes=ATTRIBUTES
        ),
        "thousandths",
    ),
}


@pytest.mark.parametrize(("said", "words"), OUTSIDE.values(), ids=OUTSIDE)
def test_what_cedar_has_no_word_for(said, words):
    with pytest.raises(NotInCedar, match=words):
        in_cedar(Policy.read(said))


def test_a_space_in_a_type_is_no_space_there():
    policy = Policy.read(PAY | {"rules": [{"name": "x", "effect": "permit", "resources": ["pay slip"]}]})
    cedar = CedarPolicy.of(policy, ["user"], ["read"], ["pay slip"])

    assert cedar.ask(Question(Entity("user", "alice"), Action("read"), Entity("pay slip", "1"))).allowed
    with pytest.raises(NotInCedar, match="one name in Cedar"):
        CedarPolicy.of(policy, ["user"], ["read"], ["pay slip", "pay_slip"])


def test_a_zone_is_worked_out_before():
    cedar = in_cedar(Policy.read(policy_of(("permit", {"less": [TIME, "18:00"]}))))

    assert 'context["time of day of context.now in resource.zone"] < 64800' in cedar.text
