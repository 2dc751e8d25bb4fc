"""Conditions are refused when they are read, with their place, and never when somebody asks."""

import pytest

from labsrv.policy.conditions.parsing import DEEPEST, MOST_TESTS, BadPolicy
from labsrv.policy.policy import Policy
from tests.policy.samples import CLEARANCE, TIME, attribute, policy_of

NOW, ADDRESS, ROLES = attribute("context.now"), attribute("context.address"), attribute("subject.roles")
SURE = {"at least": [CLEARANCE, 3]}


def nested(depth):
    return SURE if depth == 1 else {"not": nested(depth - 1)}


BROKEN = {
    "text": ("clearance > 3", "when is no condition"),
    "true": (True, "when is no condition"),
    "nothing": ({}, "when is no condition"),
    "two in one": (SURE | {"not": SURE}, "when is no condition: write an object with one member"),
    "an unknown operator": ({"greater": [CLEARANCE, 3]}, r"when\.greater is no condition: there are equal"),
    "all of nothing": ({"all": []}, r"when\.all is empty, and all of nothing is true"),
    "any of nothing": ({"any": []}, r"when\.any is empty, and any of nothing is false"),
    "all that is no list": ({"all": SURE}, r"when\.all has to be a list"),
    "deep inside": (
        {"all": [SURE, {"any": [{"not": {"less": [CLEARANCE]}}]}]},
        r"when\.all\[1\]\.any\[0\]\.not\.less compares 2",
    ),
    "one operand too many": ({"less": [CLEARANCE, 1, 2]}, r"when\.less compares 2 things"),
    "constants alone": ({"equal": [1, 1]}, r"when\.equal compares constants alone"),
    "an unknown attribute": (
        {"less": [attribute("subject.clearence"), 3]},
        r'less\[0\]: "subject\.clearence" is declared nowhere',
    ),
    "a misspelled operand": ({"less": [{"attr": "subject.clearance"}, 3]}, r"less\[0\] names no attribute"),
    "text for a number": ({"less": [CLEARANCE, "3"]}, r'less\[1\] is "3", and has to be a number'),
    "true for a number": ({"equal": [CLEARANCE, True]}, r"equal\[1\] is true, and has to be a number"),
    "null": ({"equal": [CLEARANCE, None]}, r"equal\[1\] is null"),
    "number with text": ({"equal": [CLEARANCE, attribute("subject.id")]}, r"equal compares number with text"),
    "an order of texts": (
        {"less": [attribute("subject.id"), "b"]},
        r"less compares moment, number, time, and text is none",
    ),
    "a moment as time": ({"between": [NOW, "08:00", "18:00"]}, r'between\[1\] is "08:00", and has to be a moment'),
    "a time without a zone": (
        {"between": [{"time of day": NOW}, "08:00", "18:00"]},
        r"between\[0\] names no attribute",
    ),
    "a zone that is none": ({"less": [TIME | {"zone": "Berlin"}, "18:00"]}, r'less\[0\]\.zone is "Berlin"'),
    "a time of day of a number": ({"less": [TIME | {"time of day": CLEARANCE}, "18:00"]}, "and not of number, zone"),
    "no time": ({"less": [TIME, "24:00"]}, r'less\[1\] is "24:00"'),
    "a span that ends first": ({"between": [TIME, "22:00", "06:00"]}, r"between ends before it begins"),
    "an empty span": ({"between": [TIME, "08:00", "08:00"]}, r"between ends before it begins"),
    "in an empty list": ({"in": [CLEARANCE, []]}, r"in\[1\] has to be a list with something in it"),
    "in text": ({"in": [attribute("subject.id"), "alice"]}, r"in\[1\] has to be a list"),
    "in a list of others": ({"in": [CLEARANCE, [1, "2"]]}, r'in\[1\] is "2", and has to be a number'),
    "in an attribute that is no list": ({"in": ["hr", attribute("subject.department")]}, r"in\[1\] has to be a list"),
    "a number in texts": ({"in": [CLEARANCE, ROLES]}, r"in compares number with text"),
    "no network": ({"in network": [ADDRESS, ["10.0.0.0/33"]]}, "is no network"),
    "bits after the prefix": ({"in network": [ADDRESS, ["10.0.0.1/8"]]}, "is no network"),
    "a number as network": ({"in network": [ADDRESS, [10]]}, "is no network"),
    "text in a network": (
        {"in network": [attribute("subject.id"), ["10.0.0.0/8"]]},
        "compares address, and text is none",
    ),
    "present of a constant": ({"present": 3}, r"present names no attribute"),
    "too deep": (nested(DEEPEST + 1), f"more than {DEEPEST} deep"),
    "too many": ({"all": [SURE] * (MOST_TESTS + 1)}, f"has {MOST_TESTS + 1} tests"),
}


@pytest.mark.parametrize(("when", "words"), BROKEN.values(), ids=BROKEN)
def test_a_broken_condition_is_refused_with_its_place(when, words):
    with pytest.raises(BadPolicy, match=words) as raised:
        Policy.read(policy_of(("permit", when)))

    assert str(raised.value).startswith("rules[0].when")


@pytest.mark.parametrize("when", [nested(DEEPEST), {"all": [SURE] * MOST_TESTS}], ids=["as deep", "as many"])
def test_as_much_as_there_may_be(when):
    assert Policy.read(policy_of(("permit", when))).rules
