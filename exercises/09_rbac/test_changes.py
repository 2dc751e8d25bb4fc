"""Take from a body the fields that somebody may change, or nothing at all.

What `changes` promises: by bodies that are nearly right, each in one way, with drawn values, and by requests to change
a record, after which the record is looked at.
"""

import json

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import send_more_fields
from labsrv.labs.rbac.people import change, hire, log_in, number_of

PLACE = 10
DECIDES = ("changes",)

# What is not for anybody to change, or is not even a field; `?` stands for a drawn word.
NOT_FOR_CHANGE = {
    "an owner": {"owner": "?"},
    "a branch": {"branch": "hill"},
    "a number": {"id": 7},
    "a key": {"_id": 7},
    "a role": {"role": "hr"},
    "roles": {"roles": ["hr"]},
    "an approval": {"approved_by": "?"},
    "a field that nobody knows": {"?": "?"},
    "a note in capitals": {"Note": "?"},
    "a note with a blank behind its name": {"note ": "?"},
    "a field of a field": {"note.text": "?"},
    "an operator": {"$set": {"amount": 9000}},
    "a name without a letter": {"": "?"},
    "what objects have in other languages": {"__proto__": {"amount": 9000}},
    "what objects have in Python": {"__class__": "?"},
}

# Texts of JSON that are no note, no amount, no band.
NO_NOTES = ("null", "true", "7", "7.5", "[]", '["tea"]', "{}", '{"$ne": 1}', '{"text": "tea"}')
NO_AMOUNTS = ("null", "true", "false", '"3000"', "3000.0", "3e3", "3000.5", "[3000]", "[]", "{}", '{"$inc": 1}', "NaN")
NO_AMOUNTS += ("Infinity", "-Infinity", '""', "1e400", "3.0e3")
NO_BANDS = ("null", "1", "true", "[]", '["A"]', '{"$in": ["A"]}', "65")

BAD_AMOUNTS = (0, -1, -3000, 100_000, 100_001, 10**18)
BAD_BANDS = ("", "a", "F", "AB", "A ", " A", "A\n", "Z", "ABCDE", "\u0410", "\uff21", "A,B", "B\u0000")
BAD_NOTES = ("x" * 201, "x" * 5000, "two\nlines", "a tab\there", "\u0000", "bell\u0007", "turned \u202eround", "\u2028")

NO_OBJECTS = (
    "",
    " ",
    "null",
    "true",
    "7",
    '"note"',
    "[]",
    '[{"note": "tea"}]',
    '[["note", "tea"]]',
    '["note", "tea"]',
    "{}",
    "{ }",
    "note=tea",
    "{'note': 'tea'}",
)
NO_OBJECTS += ('{"note": "tea"', '{"note": "tea"} {"note": "tea"}', '{"note": "tea"}x', '{"note": "tea",}', "{note: 1}")


def user(draw, *roles):
    """Return somebody with these roles, who may change a record."""
    permissions = ["records:edit", "records:read"]
    return {
        "name": draw.name(),
        "branch": draw.choice(["harbour", "hill"]),
        "roles": [*roles],
        "permissions": permissions,
    }


def must_take(decision, said, who):
    """Check that a body is taken, as it is."""
    answer = decision.changes(json.dumps(said), who)
    assert answer == Answer(said), (
        f"As {', '.join(who['roles'])}, {shown(said)} is right, and your function gave {answer}."
    )


def must_refuse(decision, body, who, what):
    """Check that nothing is taken from a body."""
    text = body if isinstance(body, str) else json.dumps(body)
    answer = decision.changes(text, who)
    assert isinstance(answer, Answer), f"{what}: your function raised {answer} where it should return None."
    assert answer.value is None or answer.value == {}, (
        f"{what}: as {', '.join(who['roles']) or 'nobody in particular'}, {shown(answer.value)} would be written."
    )


def shown(value):
    """Return a value as a message shows it."""
    text = json.dumps(value, default=repr)
    return text if len(text) < 80 else f"{text[:77]}..."


def drawn(draw, said):
    """Return what is sent, with words in the places of `?`."""
    return {
        draw.word() if name == "?" else name: draw.word() if value == "?" else value for name, value in said.items()
    }


@pytest.fixture
def row(lab, alice):
    """`row()`: Alice's record as the store has it."""
    return lambda: lab.db.records.find_one({"_id": number_of(lab, alice)})


@promise()
def test_managers_write_notes_and_hr_writes_more(lab, decision, draw, row, alice, bob, carol):
    """A manager writes a note, HR writes a note, an amount and a band, one of these or all together."""
    note, amount, band = draw.word(), draw.randint(2000, 9000), draw.choice("ABCDE")
    must_take(decision, {"note": note}, user(draw, "manager", "employee"))
    for said in ({"note": note}, {"amount": amount}, {"band": band}, {"band": band, "note": note, "amount": amount}):
        must_take(decision, said, user(draw, "employee", "hr"))

    hire(lab, bob, "manager")
    log_in(bob, lab.shop)
    answer = change(bob, lab.shop, number_of(lab, alice), note=note)
    assert answer.status == 200, f"A manager wrote a note, and read {answer.status}."
    assert row()["note"] == note, "A manager wrote a note, and it is not in the record."

    hire(lab, carol, "hr")
    log_in(carol, lab.shop)
    other = row()["amount"] + draw.randint(1, 100)
    answer = change(carol, lab.shop, number_of(lab, alice), amount=other, band=band)
    assert answer.status == 200, f"HR wrote an amount and a band, and read {answer.status}."
    assert (row()["amount"], row()["band"]) == (other, band), "HR wrote an amount, and it is not in the record."


@promise(
    points=2,
    after=test_managers_write_notes_and_hr_writes_more,
    asvs="15.3.3",
    cwe=915,
    hints=[
        "`attacks.send_more_fields(lab)`: which line of yours should have stopped the amount?",
        "Which names may stand in the body of a manager? What if there is another one beside them?",
        "Collect what the user's roles change, and refuse the body if it has a name that is not among it.",
    ],
)
def test_nothing_comes_in_beside_what_one_may_change(lab, decision, draw, row, alice, mallory):
    """Beside what one may change nothing comes in, and nothing of a body is taken in which there is more."""
    manager, hr = user(draw, "manager", "employee"), user(draw, "hr", "employee")
    for name, said in NOT_FOR_CHANGE.items():
        for who in (manager, hr):
            must_refuse(decision, drawn(draw, said), who, f"{name} alone")
            must_refuse(decision, {"note": draw.word(), **drawn(draw, said)}, who, f"{name} behind a note")
            must_refuse(decision, {**drawn(draw, said), "note": draw.word()}, who, f"{name} before a note")
    for more in ({"amount": draw.randint(2000, 9000)}, {"band": draw.choice("ABCDE")}):
        must_refuse(decision, more, manager, "What only HR changes, alone")
        must_refuse(decision, {"note": draw.word(), **more}, manager, "What only HR changes, behind a note")

    outcome = send_more_fields(lab)
    assert not outcome, f"Mallory is a manager: {outcome.story}"
    before = row()
    for more in draw.sample([{"amount": 9000}, {"owner": mallory.person.name}, {"branch": "hill"}, {"band": "E"}], 4):
        answer = change(mallory, lab.shop, number_of(lab, alice), note=draw.word(), **more)
        assert answer.status == 400, f"Mallory sent {shown(more)} beside a note, and read {answer.status}."
        assert row() == before, f"Mallory sent {shown(more)} beside a note, and Alice's record is another one now."


@promise(
    points=1,
    after=test_managers_write_notes_and_hr_writes_more,
    asvs="2.2.1",
    cwe=1287,
    hints=[
        "What is `isinstance(True, int)`?",
        "Which values does JSON have that are neither text nor whole number? What becomes of each?",
        "Compare types: `type(value) is int`.",
    ],
)
def test_each_value_is_of_its_kind(lab, decision, draw, row, alice, carol):
    """An amount is a whole number, a note and a band are texts: nothing else that JSON can say is taken for one."""
    hr, manager = user(draw, "hr", "employee"), user(draw, "manager")
    for name, values in (("note", NO_NOTES), ("amount", NO_AMOUNTS), ("band", NO_BANDS)):
        for value in values:
            must_refuse(decision, f'{{"{name}": {value}}}', hr, f"{name}: {value}")
            must_refuse(decision, f'{{"{name}": {value}}}', manager, f"{name}: {value}")
            if name != "band":
                must_refuse(decision, f'{{"band": "A", "{name}": {value}}}', hr, f"{name}: {value}, beside a band")

    hire(lab, carol, "hr")
    log_in(carol, lab.shop)
    before = row()
    for value in (True, "9000", 9000.5, {"$gt": 0}, None):
        answer = change(carol, lab.shop, number_of(lab, alice), amount=value)
        assert answer.status == 400, f"HR sent {value!r} for an amount, and read {answer.status}."
    assert row() == before, "HR sent no whole number for an amount, and the record is another one now."


@promise(
    points=1,
    after=test_each_value_is_of_its_kind,
    asvs="2.2.1",
    cwe=20,
    hints=[
        "What is the least amount, and what the greatest? Try those beside them.",
        "`in 'ABCDE'` is True for more texts than five.",
        "What does `isprintable` say of a line break?",
    ],
)
def test_each_value_is_within_its_bounds(decision, draw):
    """An amount is from 1 to 99999, a band one of five letters, a note 200 printable characters at the most."""
    hr = user(draw, "hr", "employee")
    for amount in (1, 2, draw.randint(3, 99_997), 99_998, 99_999):
        must_take(decision, {"amount": amount}, hr)
    for band in "ABCDE":
        must_take(decision, {"band": band}, hr)
    for note in ("", "x", "y" * 200, "schön: 100 %, \u8336 & \u201ctea\u201d", "null", "0", draw.word()):
        must_take(decision, {"note": note}, draw.choice([hr, user(draw, "manager")]))

    for name, values in (("amount", BAD_AMOUNTS), ("band", BAD_BANDS), ("note", BAD_NOTES)):
        for value in values:
            must_refuse(decision, {name: value}, hr, f"{name} {shown(value)}")
            must_refuse(decision, {"note": draw.word(), name: value}, hr, f"{name} {shown(value)}, beside a note")


@promise(
    points=1,
    after=test_managers_write_notes_and_hr_writes_more,
    asvs="15.3.3",
    cwe=436,
    hints=[
        'Send `{"note": "a", "note": "b"}`. Which one is written, and which one does a log show?',
        "What do you get from `json.loads` for an empty list, for `7`, for a thousand brackets?",
        "`object_pairs_hook`: compare how many pairs there are with how many names.",
    ],
)
def test_a_body_is_one_object_with_each_name_once(lab, decision, draw, row, alice, mallory):
    """A body is one JSON object, and each name stands in it once: whatever else comes is refused, and is no error."""
    hr, manager = user(draw, "hr", "employee"), user(draw, "manager", "employee")
    word, other = draw.word(), draw.word()
    for body in NO_OBJECTS:
        must_refuse(decision, body, draw.choice([hr, manager]), f"the body {shown(body)}")
    for twice in (
        f'{{"note": "{word}", "note": "{other}"}}',
        f'{{"note": "{word}", "note": "{word}"}}',
        f'{{"note": "{word}", "\\u006eote": "{other}"}}',
    ):
        must_refuse(decision, twice, hr, "a name twice")
        must_refuse(decision, twice, manager, "a name twice")
    for twice in (
        '{"amount": 1, "band": "A", "amount": 2}',
        '{"amount": "x", "amount": 2}',
        '{"band": 1, "band": "A"}',
    ):
        must_refuse(decision, twice, hr, "a name twice")
    # The one that one may not change comes first, or last.
    for twice in (f'{{"amount": 9, "note": "{word}", "note": "{word}"}}', '{"note": {"note": 1, "note": 2}}'):
        must_refuse(decision, twice, manager, "a name twice")

    hire(lab, mallory, "manager")
    log_in(mallory, lab.shop)
    before, address = row(), lab.shop.page("record", number=number_of(lab, alice))
    for body in (f'{{"note": "{word}", "note": "{other}"}}', "[]", '"note"', ""):
        headers = {"Content-Type": "application/json"}
        answer = mallory.fetch(address, method="PATCH", body=body, headers=headers, from_=lab.shop.url)
        assert answer.status == 400, f"Mallory sent {shown(body)}, and read {answer.status}."
    assert row() == before, "Mallory sent what is no change, and Alice's record is another one now."


@promise(
    points=1,
    after=test_nothing_comes_in_beside_what_one_may_change,
    asvs="8.2.3",
    cwe=863,
    hints=[
        "A director is manager and hr. Which fields are hers?",
        "What does your function say to an employee, to payroll, to somebody in a group called `hr-friends`?",
    ],
)
def test_roles_add_up_and_groups_add_nothing(decision, draw):
    """Several roles change what any of them changes, in any order; all others, and groups, change nothing."""
    whole = {"note": draw.word(), "amount": draw.randint(2000, 9000), "band": draw.choice("ABCDE")}
    for roles in (["director", "manager", "hr", "employee"], ["hr", "manager"], ["manager", "tea-lovers", "hr"]):
        must_take(decision, whole, user(draw, *roles))
    must_take(decision, {"note": whole["note"]}, user(draw, "tea-lovers", "manager"))

    others = [
        "employee",
        "payroll",
        "auditor",
        "HR",
        "hr ",
        "hr-friends",
        "Manager",
        " manager",
        "h",
        "hr,manager",
        "mana",
    ]
    for name in draw.sample(others, len(others)):
        for said in (whole, {"note": whole["note"]}, {"amount": whole["amount"]}):
            must_refuse(decision, said, user(draw, "employee", name), "A role that changes nothing")
        must_refuse(decision, {"amount": 7}, user(draw, *draw.sample(["manager", name], 2)), "A manager's other role")
    must_refuse(decision, {"note": whole["note"]}, user(draw), "No role")
