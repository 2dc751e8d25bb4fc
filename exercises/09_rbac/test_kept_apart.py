"""Keep roles apart that nobody may have together.

What `may_assign` promises: by roles and constraints that are drawn, and by what the office assigns when Mallory asks.
"""

from itertools import combinations

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import collect_roles, collect_roles_from_above, found
from labsrv.labs.rbac.people import assign, hire, log_in, roles_in_store

PLACE = 5
DECIDES = ("may_assign",)


def says(decision, held, new, below, constraints):
    """Return what the function says, as a yes or no."""
    answer = decision.may_assign(held, new, below, constraints)
    assert isinstance(answer, Answer), f"For {new!r} beside {held!r} your function raised {answer}."
    return bool(answer.value)


def allows(decision, held, new, below, constraints):
    """Check that a role may be assigned."""
    assert says(decision, held, new, below, constraints), (
        f"{new!r} beside {held!r} is nothing that {told(constraints)}, and it is refused."
    )


def refuses(decision, held, new, below, constraints, why=""):
    """Check that a role may not be assigned."""
    assert not says(decision, held, new, below, constraints), (
        f"{why or told(constraints).capitalize()}: {new!r} is assigned beside {held!r}."
    )


def told(constraints):
    """Return constraints in words."""
    return (
        " and ".join(f"of {', '.join(each['roles'])} nobody has {each['n']}" for each in constraints) or "is kept apart"
    )


@pytest.fixture
def roles(draw):
    """Eight drawn roles."""
    return [draw.word() for _ in range(8)]


@pytest.fixture
def flat(roles):
    """The roles without any hierarchy: with each comes itself."""
    return {each: [each] for each in roles}


@promise()
def test_roles_that_go_together_are_assigned(decision, roles, flat):
    """Without constraints, and beside roles that no constraint names, a role is assigned."""
    one, two, three, *rest = roles
    apart = [{"roles": [one, two], "n": 2}]
    for held, new, constraints in (
        ([], one, []),
        ([], one, apart),
        ([one], three, apart),
        ([three], one, apart),
        ([three, one], rest[0], apart),
        (rest, two, apart),
        ([one], two, [{"roles": [one, three], "n": 2}, {"roles": [two, *rest], "n": 2}]),
        ([one], two, []),
    ):
        allows(decision, held, new, flat, constraints)


@promise()
def test_the_office_assigns_roles(lab, shop, carol, alice, bob):
    """Carol makes Alice a manager, then an auditor too; and Bob, who founded a group, an employee."""
    log_in(carol, shop)
    for role in ("manager", "auditor"):
        answer = assign(carol, shop, alice, role)
        assert answer.status == 201, f"Carol assigned Alice {role}, and was answered {answer.status}."
    assert {"manager", "auditor"} <= set(roles_in_store(lab, alice)), "Alice is not what Carol made her."

    log_in(bob, shop)
    assert found(bob, shop, "tasters"), "Bob may not found a group."
    answer = assign(carol, shop, bob, "employee")
    assert answer.status == 201, f"Bob is in a group, Carol assigned him a role, and was answered {answer.status}."


@promise(
    points=2,
    after=test_roles_that_go_together_are_assigned,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "Of payroll and auditor nobody has 2. Mallory has one of them. How many would she have?",
        "Count what the user would have in the end, the new role among it, and compare with n.",
    ],
)
def test_two_roles_are_kept_apart(lab, decision, shop, roles, flat, draw, bob, carol):
    """Whoever has one of two roles that are kept apart does not get the other, whichever came first."""
    outcome = collect_roles(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"
    log_in(carol, shop)
    answer = assign(carol, shop, bob, "payroll")
    assert answer.status == 409, f"Bob is an auditor, Carol assigned him payroll, and was answered {answer.status}."

    one, two, *rest = roles
    apart = [{"roles": [one, two], "n": 2}]
    for first, second in ((one, two), (two, one)):
        for held in ([first], [first, *rest], [*rest, first], [rest[0], first, rest[1]]):
            refuses(decision, held, second, flat, apart)
    many = [{"roles": draw.sample(roles, 6), "n": 2}]
    for first, second in combinations(many[0]["roles"], 2):
        refuses(decision, [first], second, flat, many)


@promise(
    points=1,
    after=test_two_roles_are_kept_apart,
    asvs="8.1.1",
    cwe=193,
    hints=[
        "n is 3: is somebody with two of the roles all right? And with three?",
        "`< n`, `<= n`, `> n`: which of them says `nobody has n or more`?",
    ],
)
def test_n_of_them_are_too_many(decision, roles, flat, draw):
    """Up to n - 1 of a constraint's roles go together, and n do not: for any n, and in any order."""
    for n in (2, 3, 4, 5):
        among = draw.sample(roles, 6)
        constraint = [{"roles": among, "n": n}]
        others = [each for each in roles if each not in among]
        for _ in range(4):
            chosen = draw.sample(among, n)
            held, new = chosen[:-1], chosen[-1]
            allows(decision, [*held[1:], *others], new, flat, constraint)
            refuses(decision, held, new, flat, constraint)
            refuses(decision, draw.sample([*held, *others], len(held) + len(others)), new, flat, constraint)
            allows(decision, held, others[0], flat, constraint)


@promise(
    points=2,
    after=test_two_roles_are_kept_apart,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "Mallory pays people. What is she besides, once she is director?",
        "`below[new]` is a list. Which of its roles does your function count?",
        "The same holds for the roles that somebody has already: what came with them?",
    ],
)
def test_what_comes_along_counts(lab, decision, roles, flat, draw):
    """A role that comes with another counts, whether it comes with the new one, or came with one that is held."""
    outcome = collect_roles_from_above(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"

    senior, other, one, two, three, *rest = roles
    apart = [{"roles": [one, two], "n": 2}]
    over_one = flat | {senior: draw.sample([senior, one, three, *rest], 3 + len(rest))}
    over_both = over_one | {other: [other, two]}
    refuses(decision, [two], senior, over_one, apart, "One of two that are kept apart comes with the new role")
    refuses(decision, [senior], two, over_one, apart, "One of two that are kept apart came with a role that is held")
    refuses(decision, [senior], other, over_both, apart, "Two that are kept apart come with the two roles")
    refuses(decision, [*rest, senior, three], other, over_both, apart, "Two that are kept apart come with two roles")
    refuses(
        decision, [], senior, flat | {senior: [two, senior, one]}, apart, "Two that are kept apart come with one role"
    )
    allows(decision, [three], senior, over_one, apart)
    allows(decision, [senior], three, over_one, apart)

    of_three = [{"roles": [one, two, three, senior], "n": 3}]
    refuses(decision, [two], senior, over_one, [{"roles": [one, two, senior], "n": 3}], "A senior counts as itself too")
    allows(decision, [], senior, flat | {senior: [senior, one]}, of_three)


@promise(
    points=1,
    after=test_what_comes_along_counts,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "A manager becomes director: manager comes along once more. How many of the roles has he now?",
        "Which of Python's collections has everything once?",
    ],
)
def test_what_comes_along_twice_is_one(lab, decision, shop, roles, flat, carol, bob):
    """A role that is held and comes along as well, or with two others, counts once: a manager becomes director."""
    senior, other, one, two, three, *_ = roles
    below = flat | {senior: [senior, one, three], other: [other, one, three]}
    of_three = [{"roles": [one, two, three], "n": 3}]
    allows(decision, [one], senior, below, of_three)
    allows(decision, [senior], one, below, of_three)
    allows(decision, [senior], other, below, of_three)
    allows(decision, [senior, one, three], other, below, of_three)
    refuses(decision, [senior, other], two, below, of_three)
    allows(decision, [one], senior, below, [{"roles": [one, two], "n": 2}])
    # Both of the diamond's sides: what is at its bottom is one role.
    allows(decision, [senior], other, below, [{"roles": [one, senior], "n": 3}, {"roles": [one, two], "n": 2}])

    log_in(carol, shop)
    hire(lab, bob, "manager")
    answer = assign(carol, shop, bob, "director")
    assert answer.status == 201, f"Bob, a manager, became director, and Carol was answered {answer.status}."


@promise(
    points=1,
    after=test_two_roles_are_kept_apart,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "There are three constraints, and the second one forbids it. Does your function get there?",
        "Which constraints does your function leave out, and why?",
    ],
)
def test_each_constraint_counts(decision, roles, flat, draw):
    """Whichever of several constraints forbids it, first, last or in between, it is forbidden."""
    one, two, three, *rest = roles
    harmless = [
        {"roles": [one, rest[0]], "n": 2},
        {"roles": [two, rest[1]], "n": 2},
        {"roles": [one, two, rest[2]], "n": 3},
        {"roles": [rest[3], rest[4]], "n": 2},
    ]
    allows(decision, [one, three], two, flat, harmless)
    for place in range(len(harmless) + 1):
        constraints = [*harmless[:place], {"roles": draw.sample([one, two, rest[0]], 3), "n": 2}, *harmless[place:]]
        refuses(decision, [one, three], two, flat, constraints)
        refuses(decision, [three, two], one, flat, constraints)
        # Who has broken one already gets nothing on top of it.
        refuses(decision, [one, two], three, flat, constraints)


@promise(
    points=1,
    after=test_roles_that_go_together_are_assigned,
    asvs="8.2.1",
    cwe=862,
    hints=[
        "A role that is not in `below` is none. What does your function say to `assign her 'hrx'`?",
        "Which question can be asked before all others?",
    ],
)
def test_a_role_that_is_none_is_assigned_to_nobody(decision, roles, flat, draw):
    """What is not in `below` is not assigned, whatever it is called; a group that is held is no obstacle."""
    one, two, *_ = roles
    apart = [{"roles": [one, two], "n": 2}]
    for new in (draw.word(), "", one.upper(), f"{one} ", one[:-1], "*", "admin"):
        for constraints in ([], apart):
            refuses(decision, [], new, flat, constraints, "There is no such role")
            refuses(decision, [two, draw.word()], new, flat, constraints, "There is no such role")
    refuses(decision, [], one, {}, [], "There is no role at all")
    group = draw.word()
    allows(decision, [group], one, flat, apart)
    refuses(decision, [group, one], two, flat, apart)
    refuses(decision, [one], two, {two: [two]}, apart)
