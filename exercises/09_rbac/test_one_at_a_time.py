"""Activate a role in a session: one's own, and not beside another that it is kept apart from.

What `may_activate` promises: by roles and constraints that are drawn, and by sessions of Carol's and Mallory's.
"""

from itertools import combinations

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import be_both_at_once
from labsrv.labs.rbac.people import activate, ask, drop, hire, log_in, permissions_of

PLACE = 6
DECIDES = ("may_activate",)


def says(decision, active, wanted, assigned, below, constraints):
    """Return what the function says, as a yes or no."""
    answer = decision.may_activate(active, wanted, assigned, below, constraints)
    assert isinstance(answer, Answer), f"For {wanted!r} beside {active!r} your function raised {answer}."
    return bool(answer.value)


def allows(decision, active, wanted, assigned, below, constraints):
    """Check that a role may be activated."""
    assert says(decision, active, wanted, assigned, below, constraints), (
        f"{wanted!r} is assigned, {active!r} are active, {told(constraints)}: and it is not activated."
    )


def refuses(decision, active, wanted, assigned, below, constraints, why=""):
    """Check that a role may not be activated."""
    assert not says(decision, active, wanted, assigned, below, constraints), (
        f"{why or told(constraints).capitalize()}: {wanted!r} is activated beside {active!r}; assigned: {assigned!r}."
    )


def told(constraints):
    """Return constraints in words."""
    apart = " and ".join(f"of {', '.join(each['roles'])} no session has {each['n']}" for each in constraints)
    return apart or "nothing is kept apart"


def active_of(browser, shop):
    """Return the roles that somebody's session has active."""
    answer = ask(browser, shop.session)
    assert answer.status == 200, f"{browser.name} is logged in, and is answered {answer.status}."
    return answer.json()["active"]


@pytest.fixture
def roles(draw):
    """Eight drawn roles."""
    return [draw.word() for _ in range(8)]


@pytest.fixture
def flat(roles):
    """The roles without any hierarchy: with each comes itself."""
    return {each: [each] for each in roles}


@promise()
def test_ones_own_role_is_activated(decision, roles, flat):
    """A role that is assigned is activated, beside others that it is not kept apart from."""
    one, two, three, *rest = roles
    apart = [{"roles": [one, two], "n": 2}]
    for active, wanted, assigned, constraints in (
        ([], one, [one], []),
        ([], one, [one, three], apart),
        ([one], three, [three, one], apart),
        ([three], one, [three, one], apart),
        (rest, one, [*rest, one], apart),
        ([one], two, [one, two], []),
        ([one], two, [one, two], [{"roles": [one, three], "n": 2}, {"roles": [two, *rest], "n": 2}]),
    ):
        allows(decision, active, wanted, assigned, flat, constraints)


@promise()
def test_people_take_on_their_roles(lab, shop, bob, carol):
    """Bob takes on his second role beside the first; Carol drops HR and takes on payroll, or begins with it."""
    log_in(bob, shop)
    assert activate(bob, shop, "auditor").status == 200, "Bob, a manager and an auditor, may not be both."
    assert set(active_of(bob, shop)) == {"manager", "auditor"}, "Bob activated his second role, and it is not active."

    log_in(carol, shop)
    drop(carol, shop, "hr")
    assert activate(carol, shop, "payroll").status == 200, "Carol dropped HR, and may not take on payroll."
    assert active_of(carol, shop) == ["payroll"], "Carol took on payroll, and something else is active."
    log_in(carol, shop, "payroll")
    assert active_of(carol, shop) == ["payroll"], "Carol began a session with payroll, and something else is active."


@promise(
    points=2,
    after=test_ones_own_role_is_activated,
    asvs="8.2.1",
    cwe=269,
    hints=[
        "Of the five arguments, which one says what is somebody's own?",
        "Mallory asks for `hr`. Which line of yours says no?",
        "A director comes with `hr`. Is it in `assigned`?",
    ],
)
def test_what_is_not_assigned_is_not_activated(decision, shop, roles, flat, draw, mallory):
    """A role that is not assigned is not activated, whatever is active, comes along, or is called like it."""
    one, two, three, *rest = roles
    for wanted in (two, draw.word(), "", one.upper(), f"{one} ", f" {one}", one[:-1], f"{one}x", "*", "admin"):
        for assigned in ([one], [one, *rest], [*rest, one], []):
            refuses(decision, [], wanted, assigned, flat, [], "It was never assigned")
            refuses(decision, assigned[:1], wanted, assigned, flat, [], "It was never assigned")
    # What is active may have been revoked; what comes along is not assigned by itself.
    refuses(decision, [two], two, [one], flat, [], "It is active, and no longer assigned")
    below = flat | {one: [one, two, three]}
    refuses(decision, [one], two, [one], below, [], "It comes with another, and was never assigned itself")
    refuses(decision, [], three, [one, *rest], below, [], "It comes with another, and was never assigned itself")
    refuses(decision, [], one, [two, three], below, [], "What comes with it is assigned, and it is not")

    for role in ("hr", "payroll", "manager", "director", "EMPLOYEE", "employee "):
        log_in(mallory, shop)
        assert activate(mallory, shop, role).status == 403, f"Mallory, an employee, activated {role!r}."
        assert active_of(mallory, shop) == ["employee"], f"Mallory, an employee, has {active_of(mallory, shop)} active."
        log_in(mallory, shop, role)
        assert permissions_of(mallory, shop) == [], f"Mallory, an employee, began a session as {role!r}."


@promise(
    points=2,
    after=test_people_take_on_their_roles,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "Which roles would be active in the end? Count those that the constraint names.",
        "Carol has HR active and wants payroll: of the two nobody has 2 active. How many would she have?",
    ],
)
def test_two_are_not_active_at_once(lab, decision, shop, roles, flat, draw, carol):
    """Of two roles that are kept apart one is active at a time, whichever came first; in another session the other."""
    outcome = be_both_at_once(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    for first, second in (("hr", "payroll"), ("payroll", "hr")):
        log_in(carol, shop, first)
        assert activate(carol, shop, second).status == 403, f"Carol has {first} active, and activated {second}."
        assert active_of(carol, shop) == [first], f"Carol has {active_of(carol, shop)} active."

    one, two, *rest = roles
    for active in ([one], [one, *rest], [*rest, one], [rest[0], one, rest[1]]):
        refuses(decision, active, two, roles, flat, [{"roles": [one, two], "n": 2}])
        refuses(decision, active, two, roles, flat, [{"roles": [two, one], "n": 2}])
    many = [{"roles": draw.sample(roles, 6), "n": 2}]
    for first, second in combinations(many[0]["roles"], 2):
        refuses(decision, [first], second, [first, second], flat, many)


@promise(
    points=1,
    after=test_two_are_not_active_at_once,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "Carol is assigned both, and neither is active. May she take on one?",
        "Static separation looks at the user. At what does dynamic separation look?",
    ],
)
def test_what_is_only_assigned_does_not_count(lab, decision, shop, roles, flat, carol):
    """However many of a constraint's roles are assigned, active ones count: two sessions have one each."""
    one, two, three, *_ = roles
    apart = [{"roles": [one, two, three], "n": 2}]
    for wanted in (one, two, three):
        allows(decision, [], wanted, roles, flat, apart)
        allows(decision, roles[3:], wanted, roles, flat, apart)
        refuses(decision, [next(each for each in roles if each != wanted)], wanted, roles, flat, apart)

    phone = lab.browser("phone")
    phone.person = carol.person
    log_in(carol, shop)
    log_in(phone, shop, "payroll")
    assert active_of(carol, shop) == ["hr"] and active_of(phone, shop) == ["payroll"], (
        "Carol has two sessions with a role each, and one of them is not what she began it as."
    )


@promise(
    points=1,
    after=test_two_are_not_active_at_once,
    asvs="8.1.1",
    cwe=193,
    hints=[
        "n is 3: are two of them all right? And three?",
        "There are several constraints, and the last one forbids it. Does your function get there?",
    ],
)
def test_n_are_too_many_by_each_constraint(decision, roles, flat, draw):
    """Up to n - 1 are active together and n are not, for any n; whichever of several constraints says so."""
    for n in (2, 3, 4):
        among = draw.sample(roles, 6)
        others = [each for each in roles if each not in among]
        constraint = {"roles": among, "n": n}
        harmless = [{"roles": [among[0], others[0]], "n": 4}, {"roles": others, "n": 3}, {"roles": among, "n": 6}]
        for place in range(len(harmless) + 1):
            constraints = [*harmless[:place], constraint, *harmless[place:]]
            *active, wanted = draw.sample(among, n)
            allows(decision, [*active[1:], others[0]], wanted, roles, flat, constraints)
            refuses(decision, active, wanted, roles, flat, constraints)
            refuses(decision, draw.sample([*active, others[0]], n), wanted, roles, flat, constraints)


@promise(
    points=1,
    after=test_two_are_not_active_at_once,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "A director comes with HR. May a director pay people in the same session?",
        "Each active role, and the wanted one, may bring others along: which argument has them?",
    ],
)
def test_what_comes_along_is_active_too(lab, decision, shop, roles, flat, mallory):
    """What comes with an active role, or with the wanted one, counts as active; what comes twice counts once."""
    senior, other, one, two, three, *rest = roles
    apart = [{"roles": [one, two], "n": 2}]
    below = flat | {senior: [three, one, senior], other: [other, two, three]}
    refuses(decision, [senior], two, roles, below, apart, "One of two came with an active role")
    refuses(decision, [two], senior, roles, below, apart, "One of two comes with the wanted role")
    refuses(decision, [rest[0], senior], other, roles, below, apart, "Both come with two roles")
    refuses(decision, [], senior, roles, flat | {senior: [senior, two, one]}, apart, "Both come with the wanted role")
    refuses(decision, [two], senior, roles, below, [{"roles": [senior, two], "n": 2}], "The wanted one counts itself")
    allows(decision, [senior], three, roles, below, apart)
    allows(decision, [one], senior, roles, below, apart)
    allows(decision, [three, one], senior, roles, below, [{"roles": [one, three, two], "n": 3}])
    allows(decision, [rest[0]], other, roles, below, [{"roles": [three, one, senior], "n": 2}])

    hire(lab, mallory, "director", "payroll")
    log_in(mallory, shop)
    assert activate(mallory, shop, "payroll").status == 403, "A director, with whom HR comes, is payroll as well."
    drop(mallory, shop, "director")
    assert activate(mallory, shop, "payroll").status == 200, "Mallory dropped the one role, and may not have the other."


@promise(
    points=1,
    after=test_what_is_not_assigned_is_not_activated,
    asvs="8.2.1",
    cwe=754,
    hints=[
        "A group is assigned, and is not in `below`. What does `below[role]` do then?",
        "Which roles come with one that is not in `below`?",
    ],
)
def test_a_group_is_activated_by_its_own_name(decision, roles, flat, draw):
    """A group that is assigned is activated and no obstacle; nothing comes with it. One that is not assigned is not."""
    one, two, *_ = roles
    group, another = draw.word(), draw.word()
    apart = [{"roles": [one, two], "n": 2}]
    allows(decision, [], group, [group, one], flat, apart)
    allows(decision, [one], group, [group, one], flat, apart)
    allows(decision, [group], one, [group, one], flat, apart)
    allows(decision, [group], one, [one], {}, [])
    refuses(decision, [group, one], two, roles, flat, apart)
    refuses(decision, [group], another, [group, one], flat, apart, "The group was never assigned")
    refuses(decision, [one], two, [one, two], {}, apart)
