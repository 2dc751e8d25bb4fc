"""Have a raise approved by somebody else than who prepared it.

What `may_approve` promises: by rows and users that are drawn, and by raises that are prepared and approved on the site,
in one session and in another, in one role and in another.
"""

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import approve_what_one_prepared
from labsrv.labs.rbac.people import amount_of, approve, hire, log_in, log_out, number_of, prepare

PLACE = 7
DECIDES = ("may_approve",)

# In which roles somebody may have prepared a raise, and may ask to approve one.
PREPARED_AS = (["manager"], ["hr"], ["manager", "employee"], ["hr", "employee"], ["director", "manager", "hr"])
ASKED_AS = (["payroll"], ["payroll", "employee"], ["director", "manager", "hr", "employee"], ["director"])

# Names of other people that look like somebody's.
OTHER_NAMES = {
    "longer by a character": lambda name: f"{name}2",
    "shorter by a character": lambda name: name[:-1],
    "in capitals": str.upper,
    "with a capital letter": str.capitalize,
    "with something before it": lambda name: f"x{name}",
    "with a blank behind it": lambda name: f"{name} ",
    "its first half": lambda name: name[: len(name) // 2],
    "its last half": lambda name: name[len(name) // 2 :],
    "with one character changed": lambda name: f"{name[:-1]}{'0' if name[-1] != '0' else '1'}",
}


@pytest.fixture
def raise_(draw):
    """A raise that waits, as its row; three people have to do with it at the most."""
    return {
        "id": draw.word(),
        "record": draw.randint(1000, 9999),
        "amount": draw.randint(2000, 9000),
        "owner": draw.name(),
        "branch": draw.choice(["harbour", "hill"]),
        "prepared_by": draw.name(),
        "prepared_as": draw.choice(PREPARED_AS),
        "approved_by": None,
    }


def user(name, roles, raise_, permissions=("raises:approve", "records:read")):
    """Return somebody who asks to approve a raise."""
    return {"name": name, "branch": raise_["branch"], "roles": list(roles), "permissions": list(permissions)}


def in_turn(lab, approver, role, preparer, prepares_as, of):
    """Have a raise prepared and approved; return what it says and whether it was paid."""
    key = prepare(preparer, lab.shop, number_of(lab, of), 4711)
    assert key, f"{prepares_as} prepared a raise, and was refused."
    answer = approve(approver, lab.shop, key)
    return answer.status, amount_of(lab, of) == 4711


@promise()
def test_two_people_raise_pay(lab, decision, raise_, draw, bob, carol, mallory, alice):
    """What one person prepares another approves, and then it is paid."""
    assert decision.may_approve(raise_, user(draw.name(), ["payroll"], raise_)) == Answer(True), (
        "Payroll wants to approve what a manager has prepared for an employee, and may not."
    )

    role = draw.choice(["manager", "hr"])
    hire(lab, bob, role)
    hire(lab, carol, "payroll")
    log_in(bob, lab.shop)
    log_in(carol, lab.shop)
    whose = draw.choice([alice, mallory])
    status, paid = in_turn(lab, carol, "payroll", bob, role, whose)
    assert status == 200, f"Somebody prepared a raise as {role}, payroll approved it, and read {status}."
    assert paid, "A raise was prepared and approved, and is not paid."


@promise(
    points=2,
    after=test_two_people_raise_pay,
    asvs="2.3.5",
    cwe=841,
    hints=[
        "`attacks.approve_what_one_prepared(lab)`: what is the same before and after she changes her role?",
        "What of `raise_` says who did it, and what says only as what they did it?",
        "Compare names.",
    ],
)
def test_nobody_approves_what_they_prepared(lab, decision, raise_, draw, mallory, alice):
    """Nobody approves what they prepared, in whatever role or session they come back."""
    for prepared_as in PREPARED_AS:
        for asked_as in ASKED_AS:
            row = raise_ | {"prepared_as": prepared_as, "amount": draw.randint(1, 9000)}
            answer = decision.may_approve(row, user(row["prepared_by"], asked_as, row))
            assert answer == Answer(False), (
                f"Prepared as {', '.join(prepared_as)}, and approved by the same person as {', '.join(asked_as)}."
            )

    outcome = approve_what_one_prepared(lab)
    assert not outcome, f"Mallory did it all alone: {outcome.story}"

    # And in a session of its own for each role, with an employee's pay again.
    log_out(mallory, lab.shop)
    log_in(mallory, lab.shop, "manager")
    key = prepare(mallory, lab.shop, number_of(lab, alice), 4712)
    assert key, "A manager prepared a raise, and was refused."
    log_out(mallory, lab.shop)
    log_in(mallory, lab.shop, "payroll")
    assert approve(mallory, lab.shop, key).status == 403, "The preparer logged in anew in another role, and approved."
    assert amount_of(lab, alice) != 4712, "The preparer logged in anew in another role, and the raise is paid."


@promise(
    points=1,
    after=test_two_people_raise_pay,
    asvs="2.3.5",
    cwe=841,
    hints=[
        "Bob prepares a raise for Carol, who is in charge of payroll. Who should approve it?",
        "Whose pay it is stands in the row as well.",
        "Two names may not be the user's.",
    ],
)
def test_nobody_approves_what_they_get(lab, decision, raise_, draw, bob, carol):
    """Nobody approves a raise of their own pay, whoever has prepared it."""
    for asked_as in ASKED_AS:
        for name in (raise_["prepared_by"], draw.name()):
            row = raise_ | {"prepared_by": name, "prepared_as": draw.choice(PREPARED_AS)}
            answer = decision.may_approve(row, user(row["owner"], asked_as, row))
            assert answer == Answer(False), f"Somebody approved their own raise as {', '.join(asked_as)}."

    hire(lab, bob, "manager")
    hire(lab, carol, "payroll")
    log_in(bob, lab.shop)
    log_in(carol, lab.shop)
    status, paid = in_turn(lab, carol, "payroll", bob, "manager", carol)
    assert (status, paid) == (403, False), f"Carol approved her own raise, and read {status}."


@promise(
    points=1,
    after=test_nobody_approves_what_they_prepared,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "Two directors work here. One prepares a raise. May the other one approve it?",
        "Which of your lines looks at roles? What would it be for?",
    ],
)
def test_the_same_roles_are_no_reason(lab, decision, raise_, draw, bob, carol, alice):
    """Another person approves, with the same roles as well; and who prepared one raise approves another's."""
    for roles in (*PREPARED_AS, *ASKED_AS):
        row = raise_ | {"prepared_as": roles}
        answer = decision.may_approve(row, user(draw.name(), roles, row))
        assert answer == Answer(True), f"Two people are both {', '.join(roles)}, and one may not approve the other's."

    for each in (bob, carol):
        hire(lab, each, "director")
        log_in(each, lab.shop)
    for one, other in ((bob, carol), (carol, bob)):
        status, paid = in_turn(lab, other, "director", one, "director", alice)
        assert (status, paid) == (200, True), f"A director approved what another director had prepared: {status}."
        lab.db.records.update_one({"_id": number_of(lab, alice)}, {"$set": {"amount": 1}})


@promise(
    points=1,
    after=test_nobody_approves_what_they_prepared,
    asvs="8.2.1",
    cwe=697,
    hints=[
        "Anna and Anna2 both work here. Which of your comparisons can't tell them apart?",
        "`in` looks for a part of a text, and for a whole member of a list.",
    ],
)
def test_a_name_that_looks_alike_is_another_person(decision, raise_, draw):
    """Somebody whose name looks like the preparer's or the owner's is another person, and may approve."""
    for what, spell in OTHER_NAMES.items():
        for whose in ("prepared_by", "owner"):
            other = spell(raise_[whose])
            row = raise_ | {"prepared_as": draw.choice(PREPARED_AS)}
            answer = decision.may_approve(row, user(other, draw.choice(ASKED_AS), row))
            assert answer == Answer(True), f"{other!r} ({what}) is somebody else than {raise_[whose]!r}."
