"""Show of a record the fields that are for whoever asks.

What `readable` promises: by records and users that are drawn, field by field, and in the list, the export and the
record of the site.
"""

import itertools

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import read_what_the_page_hides
from labsrv.labs.rbac.people import amount_of, ask, hire, log_in, number_of

PLACE = 9
DECIDES = ("readable",)

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {
    "employee": set(),
    "manager": {"note"},
    "hr": {"amount", "note"},
    "payroll": {"amount"},
    "auditor": {"amount"},
    "director": set(),
    "tea-lovers": set(),
}
# Groups that people have founded: roles that say nothing of fields.
LOOKALIKES = ("HR", "hr ", " manager", "hr-friends", "payroll2", "audit", "Manager", "h", "hr,payroll", "hr\n")
# What a record may have one day.
ADDED = ("iban", "tax_class", "manager_note", "amount_before", "notes", "_internal", "amount2", "password", "hr")


@pytest.fixture
def record(draw):
    """A record, whose fields stand in any order."""
    fields = {
        "id": draw.randint(1000, 9999),
        "owner": draw.name(),
        "branch": draw.choice(["harbour", "hill"]),
        "band": draw.choice("ABCDE"),
        "amount": draw.randint(2000, 9000),
        "note": draw.word(),
    }
    return {name: fields[name] for name in draw.sample(list(fields), len(fields))}


def user(name, roles, record):
    """Return somebody who may meet the record."""
    return {"name": name, "branch": record["branch"], "roles": list(roles), "permissions": ["records:read"]}


def expected(record, roles, own):
    """Return what is to be read of a record."""
    fields = ALWAYS.union(*(MORE.get(role, set()) for role in roles), {"amount"} if own else set())
    return {name: value for name, value in record.items() if name in fields}


def must_read(decision, record, name, roles):
    """Check what somebody reads of a record, field by field."""
    answer = decision.readable(record, user(name, roles, record))
    who = f"The owner, with the roles {roles}," if name == record["owner"] else f"Somebody with the roles {roles}"
    assert isinstance(answer, Answer) and isinstance(answer.value, dict), f"{who} gets {answer}, and no fields."
    right = expected(record, roles, name == record["owner"])
    more, less = sorted(set(answer.value) - set(right)), sorted(set(right) - set(answer.value))
    invented = [name for name in more if name not in record]
    assert not invented, f"{who} gets {', '.join(invented)}, which the record does not have."
    assert not more, f"{who} reads {', '.join(more)}."
    assert not less, f"{who} does not read {', '.join(less)}."
    assert answer.value == right, f"{who} reads other values than stand in the record."


def fields_on_the_site(lab, browser, of):
    """Return the fields that somebody reads of a record: in the record, the list, the export, among several."""
    number = number_of(lab, of)
    alone = ask(browser, lab.shop.page("record", number=number)).json()
    several = ask(browser, lab.shop.bulk, "POST", {"ids": [number]}).json()["records"][0]
    listed = next(each for each in ask(browser, lab.shop.records).json()["records"] if each["id"] == number)
    head, *rows = ask(browser, lab.shop.export).body.decode().splitlines()
    row = next(each for each in rows if each.startswith(f"{number},")).split(",")
    exported = {name for name, value in zip(head.split(","), row, strict=True) if value}
    assert set(alone) == set(several) == set(listed) == exported, "One place shows other fields than another."
    return set(alone)


@promise()
def test_hr_reads_everything_and_people_their_amount(lab, decision, draw, record, alice, carol):
    """HR reads all six fields of a record, and everybody the amount in their own."""
    must = {name: record[name] for name in (*ALWAYS, "amount", "note")}
    answer = decision.readable(record, user(draw.name(), ["hr", "employee"], record))
    assert isinstance(answer, Answer) and isinstance(answer.value, dict), f"Your function gave {answer}, and no fields."
    assert answer.value.items() >= must.items(), "HR does not read all six fields of a record."

    hire(lab, carol, "hr")
    log_in(carol, lab.shop)
    assert fields_on_the_site(lab, carol, alice) >= set(must), "HR does not read all of Alice's record."

    log_in(alice, lab.shop)
    mine = ask(alice, lab.shop.page("record", number=number_of(lab, alice)))
    assert mine.status == 200, f"Alice asked for her own record, and read {mine.status}."
    assert mine.json().get("amount") == amount_of(lab, alice), "Alice does not read what she earns."


@promise(
    points=2,
    after=test_hr_reads_everything_and_people_their_amount,
    asvs="8.2.3",
    cwe=213,
    hints=[
        "`attacks.read_what_the_page_hides(lab)`: where does the amount come from that the page does not show?",
        "Write the table of the TODO down as data: a set of fields for each role.",
        "Begin with what everybody reads, and add a set for each role that the user has.",
    ],
)
def test_each_role_reads_its_fields(lab, decision, draw, record, alice, bob, mallory):
    """Each role reads its own fields of somebody else's record, and no others, wherever the record is shown."""
    for role in draw.sample(list(MORE), len(MORE)):
        for roles in ([role], [role, "employee"], ["employee", role]):
            must_read(decision, record, draw.name(), roles)
    must_read(decision, record, draw.name(), [])

    outcome = read_what_the_page_hides(lab)
    assert not outcome, f"Mallory is a manager: {outcome.story}"
    for role in draw.sample(["manager", "payroll", "auditor"], 3):
        hire(lab, bob, role)
        log_in(bob, lab.shop)
        shown = fields_on_the_site(lab, bob, alice)
        assert shown == ALWAYS | MORE[role], f"As {role}, Bob reads {', '.join(sorted(shown))}."


@promise(
    points=1,
    after=test_each_role_reads_its_fields,
    asvs="8.2.3",
    cwe=213,
    hints=[
        "Somebody adds a field to all records next week, and asks nobody. Who reads it?",
        "Do you say what is left out, or what is let through?",
    ],
)
def test_a_field_that_is_added_is_for_nobody(lab, decision, draw, record, alice, carol):
    """A field that is added one day is read by nobody, HR and its owner included; one that is missing is no error."""
    for role in MORE:
        added = {name: draw.word() for name in draw.sample(ADDED, 4)}
        grown = {name: (record | added)[name] for name in draw.sample([*record, *added], len(record) + 4)}
        must_read(decision, grown, draw.name(), [role, "employee"])
        must_read(decision, grown, record["owner"], [role, "employee"])
        for missing in ("note", "amount", "band"):
            must_read(decision, {name: grown[name] for name in grown if name != missing}, draw.name(), [role])

    lab.db.records.update_many({}, {"$set": {draw.choice(ADDED): draw.word()}})
    hire(lab, carol, "hr")
    log_in(carol, lab.shop)
    shown = set(ask(carol, lab.shop.page("record", number=number_of(lab, alice))).json())
    assert shown == {*ALWAYS, "amount", "note"}, f"HR reads {', '.join(sorted(shown))} of a record with a new field."


@promise(
    points=1,
    after=test_each_role_reads_its_fields,
    asvs="8.2.3",
    cwe=863,
    hints=[
        "What does a manager read of their own record?",
        "Being the owner opens one field. Whose names are compared for it, and how?",
    ],
)
def test_owners_read_their_amount_and_no_more(decision, draw, record):
    """Owners read their amount beside what their roles read; somebody with a similar name is no owner."""
    for role in draw.sample(list(MORE), len(MORE)):
        must_read(decision, record, record["owner"], [role, "employee"])
    must_read(decision, record, record["owner"], [])

    own = record["owner"]
    for other in (own.upper(), f"{own}2", own[:-1], f"x{own}", f"{own} ", own.capitalize(), own.split("-")[0]):
        for roles in (["employee"], ["manager", "employee"]):
            must_read(decision, record, other, roles)


@promise(
    points=1,
    after=test_each_role_reads_its_fields,
    asvs="8.2.3",
    cwe=863,
    hints=[
        "A director inherits two roles: what does she read?",
        "What does the first role that you find say of the others?",
        "People found groups and name them as they like. Compare names of roles as a whole.",
    ],
)
def test_roles_add_up_and_groups_add_nothing(decision, draw, record):
    """Several roles read what any of them reads, in any order; a group called nearly like one reads nothing."""
    for pair in itertools.permutations(("manager", "hr", "payroll", "auditor", "employee"), 2):
        must_read(decision, record, draw.name(), list(pair))
    must_read(decision, record, draw.name(), ["director", "manager", "hr", "employee"])
    for name in LOOKALIKES:
        must_read(decision, record, draw.name(), ["employee", name])
        must_read(decision, record, draw.name(), draw.sample(["payroll", name], 2))
