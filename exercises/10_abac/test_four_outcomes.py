"""Tell four outcomes of a rule apart.

What `outcome_of` promises: by conditions that are drawn, and by what Mallory reads who leaves attributes at home.
"""

import json
from itertools import product

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.abac.people import at_desk, change, confirm, enrol, move_to, read, remove, staff, stored

PLACE = 2
DECIDES = ("outcome_of",)
CLOSED = ("labsrv.policy",)

EFFECTS = ("permit", "deny")
NO, UNREAD = "not applicable", "indeterminate"

# Why a test has no answer. To Python, most texts are true, and one is not.
ERRORS = ["subject.clearance is missing", "TypeError", "True", "true", "False", "", " ", "0", "no", "permit", "deny"]
ERRORS += ["not applicable", "None", "all", "x" * 500]

# What is no condition.
NO_CONDITIONS = [
    None,
    0,
    1,
    1.5,
    [],
    [True],
    [False],
    {},
    {"none": [True]},
    {"ALL": [True]},
    {"or": [True, True]},
    {"all": True},
    {"any": True},
    {"any": False},
    {"all": None},
    {"all": {"any": [True]}},
    {"not": None},
    {"not": []},
    {"not": [False]},
    {"not": {}},
    {"not": 0},
    {"all": [True, None]},
    {"any": [None]},
    {"any": [0]},
    {"all": [1]},
    {"any": [False, []]},
    {"all": [True], "any": [True]},
    {"all": [True], "not": False},
    {"not": False, "any": [True]},
]

NO_EFFECTS = [
    "allow",
    "Permit",
    "PERMIT",
    "permit ",
    "Deny",
    "DENY",
    "",
    "not applicable",
    "indeterminate",
    "true",
    "1",
]
EMPTY = [{"all": []}, {"any": []}]


def drawn(draw, leaves, depth=3):
    """Return a drawn condition over these tests."""
    kind = draw.choice(["test", "all", "any", "not"]) if depth else "test"
    if kind == "test":
        return draw.choice(leaves)
    if kind == "not":
        return {"not": drawn(draw, leaves, depth - 1)}
    return {kind: [drawn(draw, leaves, depth - 1) for _ in range(draw.randint(1, 3))]}


def in_order(when):
    """Return True, False, or None for no answer: parts from left to right, as far as needed."""
    if isinstance(when, dict):
        ((name, inner),) = when.items()
        if name == "not":
            part = in_order(inner)
            return None if part is None else not part
        for each in inner:
            part = in_order(each)
            if part is None or part is (name == "any"):
                return part
        return name == "all"
    return when if isinstance(when, bool) else None


def in_any_order(when):
    """Return the same of somebody who looks for a part that decides behind one that has no answer as well."""
    if isinstance(when, dict):
        ((name, inner),) = when.items()
        if name == "not":
            part = in_any_order(inner)
            return None if part is None else not part
        parts = [in_any_order(each) for each in inner]
        decides = name == "any"
        return decides if decides in parts else None if None in parts else not decides
    return when if isinstance(when, bool) else None


def outcome(effect, truth):
    """Return the outcome of a rule whose condition holds, does not, or has no answer."""
    return {True: effect, False: NO, None: UNREAD}[truth]


def is_one_of(decision, effect, when, expected):
    """Check that a rule has one of these outcomes."""
    answer = decision.outcome_of(effect, when)
    said = json.dumps(when)
    said = said if len(said) < 150 else f"{said[:150]}…"
    assert isinstance(answer, Answer), f"A rule that says {effect}, when {said}: your function raised {answer}."
    assert answer.value in expected, (
        f"A rule that says {effect!r}, when {said}: your function gave {answer}, not {' or '.join(expected)}."
    )


@pytest.fixture
def office(lab, mallory):
    """The company at ten, and Mallory cleared as far as next year's prices."""
    move_to(lab, "10:00")
    staff(lab, mallory, clearance=2)
    return lab


@promise()
def test_a_rule_that_applies_has_its_effect(decision, draw):
    """Where all tests have an answer, a rule has its effect or is not applicable."""
    for effect in EFFECTS:
        is_one_of(decision, effect, True, [effect])
        is_one_of(decision, effect, False, [NO])
        for _ in range(60):
            when = drawn(draw, [True, False])
            is_one_of(decision, effect, when, [outcome(effect, in_order(when))])


@promise()
def test_people_do_their_work(office, shop, alice, bob, mallory):
    """Alice reads and Bob edits what is theirs, Mallory reads what her clearance is for, and no more."""
    for each in (alice, bob, mallory):
        at_desk(office, each)
    assert read(alice, shop, "house-blend").status == 200, "Alice can't read her own recipe."
    assert change(bob, shop, "hotel-contract", {"text": "Twice as much."}).status == 200, "Bob can't edit his draft."
    assert stored(office, "hotel-contract")["text"] == "Twice as much.", "Bob edited his draft, and it is as it was."
    assert read(mallory, shop, "next-prices").status == 200, "Mallory is cleared for these prices, and can't read them."
    assert read(mallory, shop, "hotel-contract").status == 404, "Mallory reads what is above her clearance."
    assert remove(bob, shop, "next-prices", headers=confirm(bob, shop)).status == 204, "Bob can't delete his draft."


@promise(
    points=2,
    after=test_a_rule_that_applies_has_its_effect,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "A test without an answer comes as a text. What is `bool('is missing')`, and what is `bool('')`?",
        "What becomes of `{'not': 'is missing'}` in your function? Is that known?",
        "Three things can come of a condition. Let the third be an error of your own, which goes up through all parts.",
    ],
)
def test_no_answer_is_neither_yes_nor_no(decision, draw):
    """A test without an answer makes the rule indeterminate, alone, denied, or beside tests that decide nothing."""
    for effect, error in product(EFFECTS, [*ERRORS, draw.word()]):
        for when in (
            error,
            {"not": error},
            {"not": {"not": error}},
            {"all": [error]},
            {"any": [error]},
            {"all": [True, error]},
            {"any": [False, error]},
            {"all": [error, True]},
            {"any": [error, False]},
            {"all": [True, {"not": error}]},
            {"not": {"any": [False, error]}},
            {"not": {"all": [True, {"any": [error]}]}},
        ):
            is_one_of(decision, effect, when, [UNREAD])


@promise(
    points=2,
    after=test_no_answer_is_neither_yes_nor_no,
    asvs="8.3.1",
    cwe=636,
    hints=[
        "Mallory brings a device without a record. Which rule is about devices, and what does it say to `missing`?",
        "The rule `unknown device` denies where not (trusted is true). Of what has no answer, `not` has none either.",
    ],
)
def test_leaving_an_attribute_at_home_opens_nothing(office, shop, bob, mallory):
    """Mallory, whose device, department or clearance nobody knows, reads nothing that these decide about."""
    at_desk(office, mallory, known=False)
    assert read(mallory, shop, "price-list").status == 200, "On a new device Mallory can't read what is public."
    status = read(mallory, shop, "next-prices").status
    assert status == 404, f"Nobody knows Mallory's device, she asked for sensitive prices, and got {status}."

    enrol(office, mallory)
    assert read(mallory, shop, "next-prices").status == 200, "IT trusts the device by now, and the prices stay closed."
    staff(office, mallory, clearance=None)
    for key in ("next-prices", "hotel-contract", "cafe-contract"):
        status = read(mallory, shop, key).status
        assert status == 404, f"HR has taken Mallory's clearance out, she asked for {key}, and got {status}."
    staff(office, mallory, clearance=1, department=None)
    for key in ("lost-blend", "cafe-contract"):
        status = read(mallory, shop, key).status
        assert status == 404, f"Mallory is of no department, asked for {key}, and got {status}."


@promise(
    points=1,
    after=test_no_answer_is_neither_yes_nor_no,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "`{'all': [False, 'is missing']}`: does it matter what is missing?",
        "`all` and `any` of Python stop at the part that decides. Do yours? Ask for a part only when you come to it.",
    ],
)
def test_what_is_not_needed_may_be_missing(decision, draw, office, shop, bob):
    """Behind a part that decides, a test without an answer is nobody's business."""
    for effect, error in product(EFFECTS, draw.sample(ERRORS, 4)):
        for when, truth in (
            ({"all": [False, error]}, False),
            ({"any": [True, error]}, True),
            ({"all": [True, False, error, error]}, False),
            ({"any": [False, True, {"not": error}]}, True),
            ({"not": {"all": [False, error]}}, True),
            ({"all": [{"any": [True, error]}, True]}, True),
            ({"any": [{"all": [False, error]}, False]}, False),
        ):
            is_one_of(decision, effect, when, [outcome(effect, truth)])

    at_desk(office, bob, known=False)
    for key in ("price-list", "cafe-contract"):
        assert read(bob, shop, key).status == 200, f"{key} is open on every device, and Bob can't read it on a new one."


@promise(
    points=1,
    after=test_what_is_not_needed_may_be_missing,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "Conditions stand in conditions. Does an error that is three deep still reach the outcome?",
        "Let one function call itself for each part, and let nothing but its caller make an outcome of it.",
    ],
)
def test_conditions_stand_in_conditions(decision, draw):
    """However deep they stand, tests without an answer count where they are needed, and nowhere else."""
    for effect in EFFECTS:
        for _ in range(120):
            when = drawn(draw, [True, False, draw.choice(ERRORS)], depth=4)
            # Whoever finds a part that decides behind one without an answer is right as well.
            expected = {outcome(effect, in_order(when)), outcome(effect, in_any_order(when))}
            is_one_of(decision, effect, when, sorted(expected))


@promise(
    points=1,
    after=test_a_rule_that_applies_has_its_effect,
    asvs="8.3.1",
    cwe=754,
    hints=[
        "What is `all([])` in Python? Which rule would permit everything by that?",
        "All of nothing, any of nothing: neither says anything about the question, so it is none of yes and no.",
    ],
)
def test_nothing_says_nothing(decision):
    """All of nothing and any of nothing are indeterminate, also where they stand in another condition."""
    for effect, nothing in product(EFFECTS, EMPTY):
        for when in (
            nothing,
            {"not": nothing},
            {"all": [nothing]},
            {"any": [nothing]},
            {"all": [True, nothing]},
            {"any": [False, nothing]},
            {"not": {"all": [True, nothing]}},
        ):
            is_one_of(decision, effect, when, [UNREAD])


@promise(
    points=1,
    after=test_a_rule_that_applies_has_its_effect,
    asvs="8.3.1",
    cwe=636,
    hints=[
        "What does your function give for `{}`, for None, for `{'none': [True]}`?",
        "Name what you know, and let everything else be the last line.",
        "In Python, 1 == True. Ask `isinstance(when, bool)`.",
    ],
)
def test_what_nobody_knows_is_no_guess(decision, draw):
    """What is no condition, and what is no effect, is indeterminate; and nothing breaks."""
    for effect, when in product(EFFECTS, [*NO_CONDITIONS, {draw.word(): [True]}, {"all": draw.word()}]):
        is_one_of(decision, effect, when, [UNREAD])
        is_one_of(decision, effect, {"not": when}, [UNREAD])
        is_one_of(decision, effect, {"all": [True, when]}, [UNREAD])
    for effect in [*NO_EFFECTS, draw.word()]:
        is_one_of(decision, effect, True, [UNREAD])
