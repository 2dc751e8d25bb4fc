"""Put whose records they are into every query.

What `own_records` promises: by users and records that are drawn, among which the filter has to choose, and in all the
places where records come out of the site.
"""

import pytest

from labsrv.grading import Answer, promise
from labsrv.kit.store.limits import Allowance
from labsrv.labs.rbac import attacks
from labsrv.labs.rbac.people import HILL, ask, hire, log_in, number_of

PLACE = 8
DECIDES = ("own_records",)

SEE_THE_BRANCH = ("manager", "hr", "payroll", "auditor")
BRANCHES = ("harbour", "hill")
# What a user's roles may be, where they are one of those who see their branch.
SEEING = (
    *([role, "employee"] for role in SEE_THE_BRANCH),
    *(["employee", role] for role in SEE_THE_BRANCH),
    *([role] for role in SEE_THE_BRANCH),
    ["director", "manager", "hr", "employee"],
    ["tea-lovers", "employee", "payroll"],
)
# And where they are not: groups that somebody has founded are roles as well.
NOT_SEEING = (
    ["employee"],
    [],
    ["employee", "tea-lovers"],
    ["hr-friends"],
    ["employee", "HR"],
    ["employee", "Manager"],
    ["hr ", "employee"],
    [" payroll"],
    ["not-hr"],
    ["h"],
    ["auditors"],
    ["hr,manager"],
    ["manager\n"],
    ["chr", "employee"],
    ["customer"],
    ["director-to-be", "employee"],
)


@pytest.fixture
def table(lab, draw):
    """`table(user)`: the numbers of the records that the user's filter leaves, of some that are drawn."""

    def table(decision, user):
        rows = lab.db.drawn
        rows.delete_many({})
        others = [draw.name() for _ in range(3)] + spelled_like(user["name"])
        for number, (owner, branch) in enumerate(draw.sample(both(user["name"], *others), 2 * (len(others) + 1))):
            rows.insert_one({"_id": number, "owner": owner, "branch": branch, "amount": draw.randint(2000, 9000)})
        return found(rows, decision.own_records(user))

    return table


def both(*names):
    """Return each name with each branch."""
    return [(name, branch) for name in names for branch in BRANCHES]


def spelled_like(name):
    """Return names of other people that look like this one."""
    return [name.upper(), f"{name}2", name[:-1], f"x{name}"]


def found(rows, answer):
    """Return (owner, branch) of the rows that an answer's filter leaves, sorted."""
    assert isinstance(answer, Answer) and isinstance(answer.value, dict), f"Your function gave {answer}, and no filter."
    try:
        Allowance().judge("find", [answer.value])
        left = rows.find(answer.value)
    except Exception as error:
        raise AssertionError(f"{str(answer)[:100]} is no filter that can be used here: {error}") from None
    return sorted((row["owner"], row["branch"]) for row in left)


def somebody(draw, roles, branch=None):
    """Return a user with these roles."""
    return {
        "name": draw.name(),
        "branch": branch or draw.choice(BRANCHES),
        "roles": list(roles),
        "permissions": ["records:read", "slips:read"],
    }


def owners_in(browser, url, *more):
    """Return the owners of the records in the API's answer, sorted."""
    answer = ask(browser, url, *more)
    assert answer.status == 200, f"{url} was answered with {answer.status}."
    return sorted(each["owner"] for each in answer.json()["records"])


@promise()
def test_people_meet_their_own_records(lab, decision, draw, table, alice, bob):
    """Everybody meets their own record, and those who see their branch all of it."""
    for roles in (["employee"], *([role, "employee"] for role in SEE_THE_BRANCH)):
        user = somebody(draw, roles)
        left = table(decision, user)
        assert (user["name"], user["branch"]) in left, f"As {', '.join(roles)}, somebody misses their own record."
        whole = [row for row in left if row[1] == user["branch"]]
        assert roles == ["employee"] or len(whole) == 8, f"As {', '.join(roles)}, somebody misses records."

    log_in(alice, lab.shop)
    mine = ask(alice, lab.shop.page("record", number=number_of(lab, alice)))
    assert mine.status == 200, f"Alice asked for her own record, and read {mine.status}."

    role = draw.choice(SEE_THE_BRANCH)
    hire(lab, bob, role)
    log_in(bob, lab.shop)
    met = set(owners_in(bob, lab.shop.records))
    everybody = {lab.people[part].name for part in ("alice", "bob", "carol", "mallory")}
    assert everybody <= met, f"As {role}, Bob misses {len(everybody - met)} of his branch's four records."


@promise(
    points=2,
    after=test_people_meet_their_own_records,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "Log in as Mallory and ask for the list, its count and the export. Whose records are these?",
        "What of a record says whose it is, and what of `user`?",
        "Which users are to meet more than their own? Return their filter first, and the narrow one last.",
    ],
)
def test_employees_meet_nobody_elses(lab, decision, draw, table, mallory):
    """Employees meet no record but their own: not in the list, in its count, or in the export."""
    for _ in range(3):
        user = somebody(draw, draw.choice(NOT_SEEING[:3]))
        others = [row for row in table(decision, user) if row[0] != user["name"]]
        assert not others, f"Somebody with the roles {user['roles']} meets {len(others)} records of others."

    hire(lab, mallory, "employee")
    for attack in (attacks.list_everybody, attacks.count_by_band, attacks.export_everybody):
        outcome = attack(lab)
        assert not outcome, f"Mallory is an employee: {outcome.story}"
    assert owners_in(mallory, lab.shop.records) == [mallory.person.name], "Mallory's list is not her record alone."


@promise(
    points=1,
    after=test_employees_meet_nobody_elses,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "Where else can one name a record's number?",
        "The filter is the same wherever it is used: it need not know where.",
    ],
)
def test_who_names_a_number_meets_no_more(lab, draw, mallory, alice):
    """Who names the number of somebody else's record does not meet it: alone, among several, in slips, in a file."""
    hire(lab, mallory, "employee")
    for attack in (
        attacks.ask_for_the_next_number,
        attacks.ask_for_several,
        attacks.look_at_her_slips,
        attacks.download_her_slip,
    ):
        outcome = attack(lab)
        assert not outcome, f"Mallory is an employee: {outcome.story}"

    missing = lab.shop.page("record", number=draw.randint(5000, 9999))
    there = lab.shop.page("record", number=number_of(lab, alice))
    one, other = ask(mallory, missing), ask(mallory, there)
    assert one.status == other.status == 404, f"Alice's record is answered with {other.status}, and none with 404."
    assert one.body == other.body, "What is said of a record that is not there differs from what is said of Alice's."


@promise(
    points=2,
    after=test_people_meet_their_own_records,
    asvs="8.4.1",
    cwe=639,
    hints=[
        "The company has two branches. Whose HR is Carol?",
        "Which of your filters says nothing of the branch?",
        "A branch stands in every filter, in an employee's as well.",
    ],
)
def test_branches_are_kept_apart(lab, decision, draw, table, mallory):
    """Nobody meets a record of another branch: not HR, not the auditor, and not whose record it once was."""
    for roles in (*SEEING, *NOT_SEEING[:3]):
        user = somebody(draw, roles)
        abroad = [row for row in table(decision, user) if row[1] != user["branch"]]
        assert not abroad, f"Somebody at the {user['branch']} with the roles {roles} meets the other branch's records."

    for role in draw.sample(SEE_THE_BRANCH, 2):
        hire(lab, mallory, role)
        log_in(mallory, lab.shop)
        met = set(owners_in(mallory, lab.shop.records)) & set(HILL)
        assert not met, f"As {role} at the harbour, Mallory's list has {len(met)} records of the hill."
        hers = ask(mallory, lab.shop.page("record", number=draw.choice([2001, 2002])))
        assert hers.status == 404, f"As {role} at the harbour, Mallory asked for a record of the hill: {hers.status}."


@promise(
    points=1,
    after=test_employees_meet_nobody_elses,
    asvs="8.2.2",
    cwe=863,
    hints=[
        "Is the check on branches green? If not, mend that first. A group is a role: what would you call yours?",
        "`in` looks for a part of a text, and for a whole member of a list. Which one do you use?",
        "Compare whole names of roles; a set does: `{…} & set(user['roles'])`.",
    ],
)
def test_roles_are_compared_as_a_whole(lab, decision, draw, table, mallory):
    """A group that is called nearly like a role opens nothing; a role opens its branch beside whatever others."""
    for roles in NOT_SEEING:
        user = somebody(draw, roles)
        left = table(decision, user)
        assert left == [(user["name"], user["branch"])], f"Somebody with the roles {roles} meets {len(left)} records."
    for roles in SEEING:
        user = somebody(draw, roles)
        left = table(decision, user)
        assert len(left) == 8, f"Somebody with the roles {roles} meets {len(left)} of their branch's 8 records."

    hire(lab, mallory, "employee")
    log_in(mallory, lab.shop)
    for name in draw.sample(["hr-friends", "Manager", "payroll ", "auditors", "HR", "the hr"], 3):
        founded = ask(mallory, lab.shop.groups, "POST", {"name": name})
        assert founded.status == 201, f"Mallory may found a group {name!r}, and read {founded.status}."
        assert owners_in(mallory, lab.shop.records) == [mallory.person.name], (
            f"Mallory founded {name!r}, and sees more."
        )
