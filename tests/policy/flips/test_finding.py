"""Flips: each turns the answer when asked again, none has a part that does, and none smaller is passed over."""

import itertools
import random

import pytest

from labsrv.policy.deciding import decide
from labsrv.policy.flips.asking import Asking
from labsrv.policy.flips.finding import MOST_ASKED, MOST_CHANGES, MOST_TRIED, flips, turning
from labsrv.policy.policy import Policy
from tests.policy.samples import CLEARANCE, SENSITIVITY, attribute, policy_of

HR = {"id": "hanna", "roles": ["hr"], "clearance": 2, "department": "hr"}
SLIP = {"owner": "bob", "sensitivity": 3, "zone": "Europe/Berlin"}
HOUSE = {"now": "2026-03-02T09:00:00+01:00", "address": "10.1.2.3", "device_trusted": True, "acr": "mfa"}


def lines(found):
    return [[str(change) for change in flip.changes] for flip in found]


def proved(policy, question, found, sources=None):
    """Assert that each flip turns the answer, and that no part of it does."""
    before = decide(policy, question, sources).allowed
    for flip in found:
        for size in range(len(flip.changes) + 1):
            for part in itertools.combinations(flip.changes, size):
                changed = question
                for change in part:
                    assert question.attribute(change.name) == change.was
                    changed = changed.having(change.name, change.now)
                turned = decide(policy, changed).allowed is not before
                assert turned is (size == len(flip.changes)), flip
        assert flip.to.allowed is not before


def test_a_clearance_too_low(pay, ask):
    question = ask("edit", HR, SLIP, **HOUSE)
    found = flips(pay, question)

    assert lines(found)[:2] == [
        ["subject.clearance: 2 → 3 (HR)"],
        ["resource.sensitivity: 3 → 2 (pay office)"],
    ]
    proved(pay, question, found)


def test_one_minute_before_the_house_opens(pay, ask):
    question = ask("edit", HR | {"clearance": 3}, SLIP, **HOUSE | {"now": "2026-03-02T07:59:30+01:00"})
    found = flips(pay, question)

    assert lines(found) == [["context.now: '2026-03-02T07:59:30+01:00' → '2026-03-02T08:00:00+01:00' (time)"]]


def test_after_the_house_has_closed_time_goes_on_to_the_next_morning(pay, ask):
    question = ask("edit", HR | {"clearance": 3}, SLIP, **HOUSE | {"now": "2026-03-28T18:00:00+01:00"})

    # That night the clocks go forward.
    assert [flip.changes[0].now for flip in flips(pay, question)] == ["2026-03-29T08:00:00+02:00"]


def test_two_things_are_wrong(pay, ask):
    question = ask("edit", HR, SLIP, **HOUSE | {"acr": "pwd"})
    found = flips(pay, question)

    assert {len(flip.changes) for flip in found} >= {2}
    assert ("HR", "the subject") in {flip.changeable_by for flip in found}
    proved(pay, question, found)


def test_what_would_have_to_change_for_a_permit_to_go(pay, ask):
    question = ask("edit", HR | {"clearance": 3}, SLIP, **HOUSE)
    found = flips(pay, question)

    assert ["context.device_trusted: True → False (IT)"] in lines(found)
    assert ["subject.roles: ['hr'] → [] (HR)"] in lines(found)
    assert ["subject.clearance: 3 → 2 (HR)"] in lines(found)
    assert all(len(flip.changes) == 1 for flip in found)
    proved(pay, question, found)


def test_a_missing_attribute_would_have_to_be_there(ask):
    policy = Policy.read(
        policy_of(
            ("permit", {"all": [{"present": attribute("context.reason")}, {"at least": [CLEARANCE, SENSITIVITY]}]})
        )
    )
    question = ask()
    found = flips(policy, question)

    assert {change.name for change in found[0].changes} == {
        "context.reason",
        "subject.clearance",
        "resource.sensitivity",
    }
    proved(policy, question, found)


@pytest.mark.parametrize(
    "rules", [[], [("deny", None), ("permit", None)], [("permit", {"equal": [attribute("subject.id"), "root"]})]]
)
def test_where_nothing_would_help_there_is_nothing(rules, ask):
    assert flips(Policy.read(policy_of(*rules)), ask()) == []


def test_what_comes_from_elsewhere_would_have_to_come_from_where_it_should(ask):
    policy = Policy.read(policy_of(("permit", {"in network": [attribute("context.address"), ["10.0.0.0/8"]]})))
    question, sources = ask(address="203.0.113.9"), {"context.address": "X-Forwarded-For"}
    found = flips(policy, question, sources)

    assert lines(found) == [["context.address: '203.0.113.9' → '10.0.0.1' (the subject)"]]


def test_the_search_is_bounded(ask):
    wants = [{"at least": [attribute(f"context.a{number}"), 3]} for number in range(30)]
    attributes = {f"context.a{number}": {"type": "number", "source": "test"} for number in range(30)}
    rules = [("permit", {"all": [{"any": wants[at : at + 3]} for at in range(0, 30, 3)]})]
    asking = Asking(Policy.read(policy_of(*rules, attributes=attributes)), ask(**{f"a{n}": 0 for n in range(30)}), None)

    assert list(turning(asking, MOST_CHANGES, MOST_ASKED, MOST_TRIED)) == []
    assert asking.asked <= MOST_ASKED + 20 and asking.tried <= MOST_TRIED + 1_000


# Small worlds, in which every set of changes can be tried.
WORLD = {
    "subject.level": ("number", [0, 1, 2, 3, 4, 5, 6]),
    "subject.team": ("text", ["a", "b", "c", "something else"]),
    "context.trusted": ("boolean", [True, False]),
    "resource.level": ("number", [0, 1, 2, 3, 4, 5, 6]),
}
DECLARED = {name: {"type": kind, "source": "test"} for name, (kind, _) in WORLD.items()}


def drawn(random_, depth=2):
    """Return a condition over the small world."""
    if depth and random_.random() < 0.6:
        name = random_.choice(["all", "any", "not"])
        parts = [drawn(random_, depth - 1) for _ in range(random_.randint(1, 3))]
        return {name: parts[0] if name == "not" else parts}
    return random_.choice(
        [
            {"at least": [attribute("subject.level"), random_.randint(1, 5)]},
            {"less": [attribute("subject.level"), attribute("resource.level")]},
            {"equal": [attribute("subject.team"), random_.choice("abc")]},
            {"in": [attribute("subject.team"), random_.sample("abc", 2)]},
            {"equal": [attribute("context.trusted"), random_.choice([True, False])]},
            {"between": [attribute("resource.level"), 2, 4]},
        ]
    )


def by_trying_all(policy, question, most):
    """Return the size of the smallest set of changes that turns the answer, or None."""
    before = decide(policy, question).allowed
    for size in range(1, most + 1):
        for names in itertools.combinations(WORLD, size):
            for values in itertools.product(*(WORLD[name][1] for name in names)):
                changed = question
                for name, value in zip(names, values, strict=True):
                    changed = changed.having(name, value)
                if decide(policy, changed).allowed is not before:
                    return size
    return None


@pytest.mark.parametrize("combining", ["deny-overrides", "permit-overrides", "first-applicable", "deny-unless-permit"])
@pytest.mark.parametrize("seed", range(12))
def test_no_smaller_set_of_changes_is_passed_over(seed, combining, ask):
    random_ = random.Random(f"{combining} {seed}")
    rules = [(random_.choice(["permit", "permit", "deny"]), drawn(random_)) for _ in range(random_.randint(1, 4))]
    policy = Policy.read(policy_of(*rules, combining=combining, attributes=DECLARED))
    question = ask()
    for name, (_, values) in WORLD.items():
        question = question.having(name, random_.choice(values))
    found = flips(policy, question, most_changes=3)

    assert (len(found[0].changes) if found else None) == by_trying_all(policy, question, 3)
    proved(policy, question, found)
