"""Decisions: four outcomes of which one lets in, and all of it goes to JSON and back."""

import json

import pytest

from labsrv.kit.access.decisions import OUTCOMES, AttributeRead, Decision, RuleRead

READ = AttributeRead("subject.clearance", 2, "number", "staff directory")
DECISION = Decision(
    "permit",
    ({"name": "watermark"},),
    (RuleRead("cleared", "permit", "permit", (READ,), "2 is at least 2"), RuleRead("night", "deny", "not applicable")),
    ("cleared",),
)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_a_permit_alone_lets_in(outcome):
    assert Decision(outcome).allowed is (outcome == "permit")


def test_a_decision_goes_to_json_and_back():
    assert Decision.from_json(json.loads(json.dumps(DECISION.as_json()))) == DECISION
