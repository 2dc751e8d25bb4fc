"""A policy is read strictly: whatever it has that nothing knows is an error with its place."""

import copy
import json

import pytest

from labsrv.policy.conditions.parsing import BadPolicy
from labsrv.policy.policy import MOST_RULES, Policy
from tests.policy.samples import CLEARANCE, PAY, policy_of

WHEN = {"at least": [CLEARANCE, 3]}


def changed(path, value):
    """Return PAY with one member changed; `path` is made of keys and numbers."""
    said = copy.deepcopy(PAY)
    place = said
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return said


BROKEN = {
    "no JSON": ("{", "This is no JSON"),
    "a list": ("[]", "A policy is an object"),
    "a member twice": ('{"version": 1, "version": 1}', "'version' twice"),
    "an unknown member": (PAY | {"rule": []}, 'the policy has "rule", which nothing knows'),
    "no version": (changed(["version"], None), "version is null: write 1"),
    "true as version": (changed(["version"], True), "version is true"),
    "an unknown algorithm": (changed(["combining"], "any"), 'combining is "any": write one of deny-overrides'),
    "no algorithm": (changed(["combining"], None), "combining is null"),
    "rules that are an object": (changed(["rules"], {}), "rules has to be a list"),
    "a rule that is text": (changed(["rules", 0], "own"), r"rules\[0\] has to be an object"),
    "a misspelled member": (changed(["rules", 0, "action"], ["read"]), r'rules\[0\] has "action", which nothing knows'),
    "no name": (changed(["rules", 0, "name"], ""), r"rules\[0\]\.name is missing"),
    "a name twice": (changed(["rules", 1, "name"], "own"), r'rules\[1\]\.name: "own" is there twice'),
    "an unknown effect": (
        changed(["rules", 0, "effect"], "allow"),
        r'rules\[0\]\.effect is "allow": write one of permit',
    ),
    "actions that are text": (changed(["rules", 0, "actions"], "read"), r"rules\[0\]\.actions has to be a list"),
    "no actions": (changed(["rules", 0, "actions"], []), r"rules\[0\]\.actions has to be a list"),
    "a pattern": (changed(["rules", 0, "actions"], ["pay:*"]), r"rules\[0\]\.actions has a '\*'"),
    "demands without a name": (changed(["rules", 0, "demands"], [{}]), r"rules\[0\]\.demands has to be"),
    "an unknown type": (changed(["attributes", "subject.clearance", "type"], "int"), r'clearance"\]\.type is "int"'),
    "no source": (changed(["attributes", "subject.clearance", "source"], ""), r'clearance"\]\.source is missing'),
    "an attribute of nothing": (changed(["attributes", "clearance"], {}), r'attributes\["clearance"\] is no name'),
    "what is always there": (changed(["attributes", "subject.id"], {}), r'"subject\.id"\] is part of every question'),
}


@pytest.mark.parametrize(("said", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_policy_is_refused_with_the_place(said, words):
    with pytest.raises(BadPolicy, match=words):
        Policy.read(said)


def test_text_bytes_and_objects_are_read_alike():
    assert Policy.read(json.dumps(PAY)) == Policy.read(json.dumps(PAY).encode()) == Policy.read(PAY)


def test_as_many_rules_as_there_may_be():
    assert len(Policy.read(policy_of(*[("permit", WHEN)] * 20)).rules) == 20
    with pytest.raises(BadPolicy, match=f"of {MOST_RULES} at the most"):
        Policy.read(policy_of(*[("permit", WHEN)] * (MOST_RULES + 1)))


def test_the_actions_that_rules_name(pay):
    assert pay.actions == ("edit", "read")


def test_a_rule_by_its_name(pay):
    assert pay.rule("own").effect == "permit"
    with pytest.raises(LookupError, match="no rule 'owner'"):
        pay.rule("owner")
