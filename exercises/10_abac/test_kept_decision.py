"""Keep a decision for as long as nothing has changed.

What `still_good` promises: by questions that are nearly the same, and by what people read when something has changed.
"""

import json
from copy import deepcopy
from datetime import UTC, datetime, timedelta

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.attacks import read_on_after_the_revocation
from labsrv.labs.abac.people import at_desk, confirm, document, enrol, goes, move_to, read, staff
from labsrv.labs.abac.policy import POLICY, keep

PLACE = 9
DECIDES = ("still_good",)
CLOSED = ("labsrv.policy",)

KEY = "next-prices"
REFUSED = (401, 403, 404)

# Seconds since it was decided.
GOOD = [0, 0.001, 1, 5, 15, 25, 29, 29.9, 29.999]
DAY = 86_400
TOO_OLD = [30, 30.001, 30.5, 31, 45, 59, 60, 61, 90, 1800, 3600, 3605, DAY / 2, DAY, DAY + 1, DAY + 29, 7 * DAY + 10]
TOO_OLD += [366 * DAY + 5]
NOT_YET = [-0.001, -1, -10, -29, -30, -60, -3590, -3600, -DAY, 10 - DAY, 5 - 7 * DAY]


def a_question(draw):
    """Return a question with attributes that are drawn."""
    moment = datetime(2026, draw.randint(1, 12), draw.randint(1, 28), draw.randint(0, 23), tzinfo=UTC)
    context = {"office_hours": True, "country": "DE", "address": "10.1.0.14", "confirmed": False}
    context |= {"login_country": "DE", "device_trusted": True, "now": moment.isoformat()}
    return {
        "subject": {
            "type": "user",
            "id": draw.name(),
            "properties": {
                "department": "sales",
                "clearance": draw.randint(1, 3),
                "limit": 900,
                draw.word(): draw.word(),
            },
        },
        "action": {"name": draw.choice(["read", "edit", "delete", "sign"]), "properties": {draw.word(): draw.word()}},
        "resource": {
            "type": "contract",
            "id": draw.word(),
            "properties": {"owner": draw.name(), "sensitivity": draw.randint(1, 3), "amount": 900, draw.word(): [1, 2]},
        },
        "context": context | {draw.word(): draw.word(), draw.word(): draw.randint(1, 9)},
    }


def others(value):
    """Return values that are others, some of them nearly the same."""
    if isinstance(value, bool):
        return [not value, str(value), str(value).lower(), None]
    if isinstance(value, int):
        return [value + 1, value - 1, -value, str(value), [value], None]
    if isinstance(value, str):
        near = [f"{value}x", value[:-1], value.swapcase(), f"{value} ", f" {value}", "", [value], None]
        return [each for each in near if each != value]
    return [[], [1], [1, 2, 3], [1, 3], "[1, 2]", None]


def put(question, path, value):
    """Return a copy of a question with one member as `value`."""
    changed = deepcopy(question)
    holder = changed
    for name in path[:-1]:
        holder = holder.setdefault(name, {})
    holder[path[-1]] = value
    return changed


def without(question, path):
    """Return a copy of a question without one member."""
    changed = deepcopy(question)
    holder = changed
    for name in path[:-1]:
        holder = holder[name]
    del holder[path[-1]]
    return changed


def is_good(decision, expected, question, asked, what, *, age=1.0, policy=(3, 3)):
    """Check whether a decision on a question is good when another is asked, that many seconds later."""
    now = datetime(2026, 7, 1, 15, 59, 50, tzinfo=UTC)
    kept = {"question": question, "policy": policy[0], "at": now - timedelta(seconds=age)}
    answer = decision.still_good(kept, asked, policy[1], now)
    assert isinstance(answer, Answer), f"{what}: your function raised {answer}."
    said = "good" if answer.value is True else "not good" if answer.value is False else str(answer)
    assert said == ("good" if expected else "not good"), (
        f"{what}: the decision is {'still' if expected else 'not'} good, and for your function it is {said}."
    )


def each_attribute(decision, question, *path):
    """Check that no attribute below a path can be another, missing, or new."""
    holder = question
    for name in path:
        holder = holder[name]
    for name, value in holder.items():
        if path == ("context",) and name == "now":
            continue
        called = ".".join((*path, name)).replace(".properties", "")
        for other in others(value):
            what = f"{called} was {value!r}, and is {other!r}"
            is_good(decision, False, question, put(question, (*path, name), other), what)
        is_good(decision, False, question, without(question, (*path, name)), f"{called} was {value!r}, and is missing")
        is_good(decision, False, without(question, (*path, name)), question, f"{called} was missing, and is {value!r}")


def kept_rows(lab):
    """Return when each decision was made that is kept."""
    return {row["_id"]: row["at"] for row in lab.db.kept.find({})}


def reads(who, shop, key, expected, when):
    """Check the answer to whoever reads a document."""
    status = read(who, shop, key).status
    assert status in expected, f"{who.name.capitalize()} read {key} {when}, and got {status}."


@pytest.fixture
def at_work(lab, bob, mallory):
    """Bob and Mallory at their desks at ten, Mallory cleared for next year's prices."""
    move_to(lab, "10:00")
    staff(lab, mallory, clearance=2)
    return [at_desk(lab, each) for each in (bob, mallory)]


@promise()
def test_a_kept_decision_is_used(decision, draw, lab, shop, at_work):
    """Whoever reads a document again a moment later reads it, by the decision that was kept."""
    question = a_question(draw)
    for age in GOOD:
        is_good(decision, True, question, deepcopy(question), f"The same question, {age} seconds later", age=age)
        later = put(question, ("context", "now"), "2026-07-01T15:59:50+00:00")
        is_good(decision, True, question, later, f"Only the context's now is another, {age} seconds later", age=age)

    _, mallory = at_work
    reads(mallory, shop, KEY, [200], "at her desk")
    before = kept_rows(lab)
    assert before, "Mallory read the prices, and no decision was kept."
    lab.clock.advance(seconds=2)
    reads(mallory, shop, KEY, [200], "once more")
    assert kept_rows(lab) == before, "Mallory read the same a moment later, and it was decided anew."


@promise()
def test_people_do_their_work(lab, shop, at_work):
    """Bob and Mallory read what they may, each by a decision of their own."""
    bob, mallory = at_work
    for who, key, expected in (
        (bob, "hotel-contract", [200]),
        (mallory, "hotel-contract", REFUSED),
        (mallory, KEY, [200]),
        (bob, KEY, [200]),
        (mallory, "house-blend", REFUSED),
    ):
        reads(who, shop, key, expected, "at ten")


@promise(
    points=2,
    after=test_a_kept_decision_is_used,
    asvs="8.2.4",
    cwe=613,
    hints=[
        "How old may a decision be? How old is one of yesterday, at the same time of day?",
        "`.seconds` of a difference is not all of it. Compare the whole with `timedelta(seconds=30)`.",
        "Can it be younger than nothing?",
    ],
)
def test_it_is_good_for_half_a_minute(decision, draw, lab, shop, at_work):
    """A decision is good for less than thirty seconds, and none that was made later than now is good."""
    question = a_question(draw)
    for age in (*TOO_OLD, *NOT_YET):
        when = f"decided {age:g} seconds ago" if age >= 0 else f"decided {-age:g} seconds from now"
        is_good(decision, False, question, deepcopy(question), f"The same question, {when}", age=age)

    _, mallory = at_work
    reads(mallory, shop, KEY, [200], "at her desk")
    before = kept_rows(lab)
    lab.clock.advance(seconds=31)
    reads(mallory, shop, KEY, [200], "31 seconds later")
    assert kept_rows(lab) != before, "Mallory read the same 31 seconds later, and nothing was decided anew."


@promise(
    points=2,
    after=test_a_kept_decision_is_used,
    asvs="8.3.2",
    cwe=613,
    hints=[
        "HR revokes a clearance. Where in the question is it?",
        "Is it enough to compare who asks, and for which document?",
        "Two dictionaries are equal if they have the same members with the same values, however deep.",
    ],
)
def test_whoever_asks_and_for_what_is_as_it_was(decision, draw, lab, shop, at_work):
    """Every attribute of subject, action and resource counts: a clearance that is revoked, an owner, a sensitivity."""
    question = a_question(draw)
    for part in ("subject", "action", "resource"):
        each_attribute(decision, question, part)
        each_attribute(decision, question, part, "properties")
        for name in ("now", draw.word()):
            there = put(question, (part, "properties", name), 1)
            is_good(decision, False, there, put(there, (part, "properties", name), 2), f"{part}.{name} is another")
            is_good(decision, False, question, there, f"{part}.{name} is new")

    outcome = read_on_after_the_revocation(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    _, mallory = at_work
    staff(lab, mallory, clearance=2)
    reads(mallory, shop, KEY, [200], "with her clearance back")
    staff(lab, mallory, department="blending")
    reads(mallory, shop, KEY, REFUSED, "right after she went to another department")
    staff(lab, mallory, department="sales")
    reads(mallory, shop, KEY, [200], "back in her department")
    document(lab, KEY, sensitivity=3)
    reads(mallory, shop, KEY, REFUSED, "right after it became more sensitive")


@promise(
    points=2,
    after=test_a_kept_decision_is_used,
    asvs="8.2.4",
    cwe=613,
    hints=[
        "Mallory reads at ten to six, and at a quarter past. Which attribute is another, and which part has it?",
        "Leave out of the context the one name, and nothing else.",
        "What does your function say where an attribute was there, and is missing now?",
    ],
)
def test_the_circumstances_are_as_they_were(decision, draw, lab, shop, at_work):
    """Every attribute of the context counts but its now: where one is, on which device, whether the office is open."""
    question = a_question(draw)
    each_attribute(decision, question, "context")
    for name in ("now_there", "known", "snow", "Now", "now ", "no", "time", "moment", draw.word()):
        there = put(question, ("context", name), "then")
        is_good(decision, False, question, there, f"context.{name} is new")
        is_good(decision, False, there, put(there, ("context", name), "later"), f"context.{name} is another")
    nested = put(question, ("context", "device"), {"now": 1, "trusted": True})
    is_good(decision, False, nested, put(nested, ("context", "device", "now"), 2), "context.device is another")
    is_good(decision, False, question, without(question, ("context",)), "There is no context any more")
    is_good(decision, False, without(question, ("context",)), question, "There was no context")

    bob, mallory = at_work
    reads(mallory, shop, KEY, [200], "at her desk")
    goes(lab, mallory, "abroad")
    reads(mallory, shop, KEY, [401], "right after she went abroad")
    goes(lab, mallory, "desk")
    reads(mallory, shop, KEY, [200], "back at her desk")
    lab.db.devices.update_many({"user": mallory.person.name}, {"$set": {"trusted": False}})
    reads(mallory, shop, KEY, REFUSED, "right after IT stopped trusting her device")

    # With time to spare on both sides.
    move_to(lab, "17:59:50")
    reads(bob, shop, "hotel-contract", [200], "at ten seconds to six")
    lab.clock.advance(seconds=15)
    reads(bob, shop, "hotel-contract", [403], "at six, fifteen seconds later")


@promise(
    points=1,
    after=test_a_kept_decision_is_used,
    asvs="8.3.2",
    cwe=613,
    hints=[
        "Carol puts another policy in the place of this one. What was decided by the old one?",
        "Is a policy with a higher number the same one? With a lower one? Only the same number is the same policy.",
    ],
)
def test_the_policy_is_as_it_was(decision, draw, lab, shop, at_work):
    """What was decided by another policy is not good, be it older or newer."""
    question = a_question(draw)
    for kept, current in ((3, 4), (4, 3), (0, 1), (1, 0), (3, 30), (9, 10), (10, 1), (draw.randint(50, 99), 5)):
        what = f"Decided by policy {kept}, and {current} is in force"
        is_good(decision, False, question, deepcopy(question), what, policy=(kept, current))
    for same in (0, 1, draw.randint(2, 99), 1000):
        is_good(decision, True, question, deepcopy(question), f"Policy {same} is in force", policy=(same, same))

    _, mallory = at_work
    reads(mallory, shop, KEY, [200], "at her desk")
    stricter = deepcopy(POLICY)
    stricter["rules"] = [each for each in stricter["rules"] if each["name"] != "department"]
    keep(lab, json.dumps(stricter))
    reads(mallory, shop, KEY, REFUSED, "right after the policy stopped permitting it")
    keep(lab, json.dumps(POLICY))
    reads(mallory, shop, KEY, [200], "when the policy permits it again")


@promise(
    points=1,
    after=test_people_do_their_work,
    asvs="8.3.2",
    cwe=613,
    hints=[
        "Two people, two documents, the same circumstances. Whose decision is it?",
        "A no is kept as well. Who has proved more since, or has another device, asks another question.",
    ],
)
def test_a_no_is_kept_no_longer_than_a_yes(lab, shop, bob, mallory):
    """Whoever was refused, and may by now, is let in at once."""
    move_to(lab, "10:00")
    at_desk(lab, bob, known=False)
    at_desk(lab, mallory)
    reads(mallory, shop, KEY, REFUSED, "without the clearance")
    staff(lab, mallory, clearance=2)
    reads(mallory, shop, KEY, [200], "right after she was cleared")
    reads(bob, shop, KEY, [403], "on an unknown device")
    enrol(lab, bob)
    reads(bob, shop, KEY, [200], "right after IT trusted his device")
    goes(lab, bob, "abroad")
    reads(bob, shop, KEY, [401], "right after he went abroad")
    status = read(bob, shop, KEY, headers=confirm(bob, shop)).status
    assert status == 200, f"Bob read {KEY} abroad with a proof, right after he was asked for one, and got {status}."
