"""Find out what comes with a role.

What `inherited` promises: by hierarchies that are drawn, and by what a director and an employee may do on the company's
pages.
"""

from collections import Counter
from itertools import pairwise

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import be_junior_to_somebody
from labsrv.labs.rbac.people import ask, change, hire, log_in, number_of, permissions_of

PLACE = 4
DECIDES = ("inherited",)

# Hierarchies with a circle in them, by letters: each role's juniors.
CIRCLES = {
    "its own junior": {"a": ["a"], "b": ["a"]},
    "two of each other": {"a": ["b"], "b": ["a"]},
    "three in a ring": {"a": ["b"], "b": ["c"], "c": ["a"]},
    "a ring with a way out of it": {"a": ["b"], "b": ["c"], "c": ["a", "d"], "d": ["e"], "e": []},
    "a ring with a way into it": {"s": ["t"], "t": ["a"], "a": ["b"], "b": ["a"]},
    "two rings that meet": {"a": ["b", "c"], "b": ["a"], "c": ["d"], "d": ["a", "c"]},
}


def chain(names):
    """Return a hierarchy in which each role is above the next."""
    return {senior: [junior] for senior, junior in pairwise(names)} | {names[-1]: []}


def closure(role, juniors):
    """Return what is below a role, worked out the other way: round by round, until nothing is added."""
    found = {role}
    while more := {below for each in found for below in juniors.get(each, [])} - found:
        found |= more
    return found


def asked(decision, role, juniors):
    """Return what the function returns, as a list of names."""
    answer = decision.inherited(role, juniors)
    assert isinstance(answer, Answer), f"For {role!r} in {juniors!r} your function raised {answer}."
    names = answer.value
    assert isinstance(names, list) and all(isinstance(each, str) for each in names), (
        f"Your function returned {names!r}, which is no list of names."
    )
    return names


def comes_with(decision, role, juniors, expected):
    """Check that these roles come with a role, and no others."""
    names = set(asked(decision, role, juniors))
    more, less = sorted(names - set(expected)), sorted(set(expected) - names)
    assert not less, f"In {juniors!r}, {role!r} comes without {', '.join(less)}."
    assert not more, f"In {juniors!r}, {role!r} comes with {', '.join(more)}, which is not below it."


@pytest.fixture
def renamed(draw):
    """Return `renamed(juniors)`: the hierarchy with drawn names, its lines in any order; and the names by letter."""

    def renamed(juniors):
        letters = {*juniors, *(each for below in juniors.values() for each in below)}
        names = {letter: draw.word() for letter in sorted(letters)}
        rows = [(names[role], [names[each] for each in below]) for role, below in juniors.items()]
        return dict(draw.sample(rows, len(rows))), names

    return renamed


@promise()
def test_a_role_comes_with_itself_and_what_is_right_below(decision, renamed):
    """A role comes with itself, and a senior with the juniors right below it."""
    juniors, names = renamed({"s": ["a", "b", "c"], "a": [], "b": [], "c": []})
    for role in "abc":
        comes_with(decision, names[role], juniors, {names[role]})
    comes_with(decision, names["s"], juniors, set(names.values()))


@promise()
def test_people_do_their_work(lab, shop, alice, bob, carol):
    """Alice reads her record, Bob the raises and his record, Carol changes a record."""
    log_in(alice, shop)
    log_in(bob, shop)
    log_in(carol, shop)
    for who in (alice, bob):
        answer = ask(who, shop.page("record", number=number_of(lab, who)))
        assert answer.status == 200, f"{who.name} can't read their own record."
    assert ask(bob, shop.raises).status == 200, "Bob, a manager, can't see the raises."
    assert change(carol, shop, number_of(lab, alice), note="likes oolong").status == 200, "Carol can't change a note."


@promise(
    points=2,
    after=test_a_role_comes_with_itself_and_what_is_right_below,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "What is below a junior? Who asks for it?",
        "A list of roles that are still to be looked at: what is put on it, and when is it empty?",
    ],
)
def test_it_goes_down_to_the_bottom(lab, decision, shop, draw, carol):
    """A role comes with all that is below it, however deep; a director may what managers, HR and employees may."""
    for length in (3, 4, 7, 40):
        names = [draw.word() for _ in range(length)]
        juniors = dict(draw.sample(list(chain(names).items()), length))
        for place in {0, 1, length // 2, length - 2, length - 1}:
            comes_with(decision, names[place], juniors, names[place:])

    hire(lab, carol, "director")
    log_in(carol, shop)
    held = set(permissions_of(carol, shop))
    for whose, permission in {"employee": "records:read", "manager": "raises:prepare", "HR": "roles:assign"}.items():
        assert permission in held, f"Carol is a director, and is not permitted {permission!r}, as {whose} is."


@promise(
    points=1,
    after=test_it_goes_down_to_the_bottom,
    asvs="8.1.1",
    cwe=266,
    hints=[
        "Draw the hierarchy on paper, with the seniors on top. Which way does your function go?",
        "Two roles have one junior in common. Does one of them come with the other?",
    ],
)
def test_nothing_comes_from_above_or_beside(lab, decision, draw):
    """A role comes with none of its seniors, and with none of those beside it, in hierarchies that are drawn."""
    outcome = be_junior_to_somebody(lab)
    assert not outcome, f"Mallory tried: {outcome.story}"

    for _ in range(4):
        names = [draw.word() for _ in range(12)]
        juniors = {}
        for place, name in enumerate(names):
            below = names[place + 1 :]
            juniors[name] = draw.sample(below, min(len(below), draw.randint(0, 3)))
        juniors = dict(draw.sample(list(juniors.items()), len(names)))
        for name in names:
            comes_with(decision, name, juniors, closure(name, juniors))


@promise(
    points=1,
    after=test_it_goes_down_to_the_bottom,
    asvs="8.1.1",
    cwe=400,
    hints=[
        "Two ways lead to one role. How many lead to one that is below two such places?",
        "How does your function know that it has been at a role before?",
    ],
)
def test_two_ways_lead_to_a_role_once(decision, renamed, draw):
    """Where two ways lead to one role, it is in the list once, and its juniors are not looked at again and again."""
    juniors, names = renamed({"a": ["b", "c"], "b": ["d"], "c": ["d"], "d": ["e", "f"], "e": ["f"], "f": []})
    for letter, below in {"a": "abcdef", "b": "bdef", "c": "cdef", "d": "def"}.items():
        comes_with(decision, names[letter], juniors, {names[each] for each in below})
        counted = Counter(asked(decision, names[letter], juniors))
        assert set(counted.values()) == {1}, f"In {juniors!r}, a role is in the list {max(counted.values())} times."

    # A ladder of diamonds: from top to bottom there are as many ways as 2 to the power of 30.
    rungs = [[draw.word(), draw.word(), draw.word()] for _ in range(30)]
    ladder = {}
    for (top, left, right), (below, *_) in zip(rungs, [*rungs[1:], [draw.word()]], strict=True):
        ladder |= {top: [left, right], left: [below], right: [below]}
    comes_with(decision, rungs[0][0], ladder, closure(rungs[0][0], ladder))


@promise(
    points=1,
    after=test_it_goes_down_to_the_bottom,
    asvs="8.1.1",
    cwe=674,
    hints=[
        "`{'a': ['b'], 'b': ['a']}`: where does your function stop?",
        "Which roles have been found already? Keep them, and ask before you go on.",
    ],
)
@pytest.mark.parametrize("juniors", CIRCLES.values(), ids=CIRCLES)
def test_a_circle_ends(decision, renamed, juniors):
    """Somebody wrote a circle: it ends, and each role comes with all that can be reached from it."""
    named, names = renamed(juniors)
    for letter in juniors:
        expected = {names[each] for each in closure(letter, juniors)}
        comes_with(decision, names[letter], named, expected)
        assert len(asked(decision, names[letter], named)) == len(expected), "A role in a circle is in the list twice."


@promise(
    points=1,
    after=test_a_role_comes_with_itself_and_what_is_right_below,
    asvs="8.1.1",
    cwe=754,
    hints=[
        "A role that has no line in `juniors`: what does `juniors[role]` do then?",
        "What is below an empty hierarchy's only role?",
    ],
)
def test_a_role_without_a_line_has_nothing_below(decision, draw):
    """A role that is only named, or nowhere, comes with itself alone; names that are alike are different roles."""
    top, named, nowhere = draw.word(), draw.word(), draw.word()
    comes_with(decision, named, {top: [named]}, {named})
    comes_with(decision, top, {top: [named]}, {top, named})
    comes_with(decision, nowhere, {top: [named], named: []}, {nowhere})
    comes_with(decision, nowhere, {}, {nowhere})
    for other in (top.upper(), f"{top} ", top[:-1], f"{top}x", ""):
        comes_with(decision, other, {top: [named], named: []}, {other})


@promise(
    points=1,
    after=test_a_role_comes_with_itself_and_what_is_right_below,
    asvs="8.1.1",
    cwe=471,
    hints=[
        "Call your function twice with one dictionary, and look at the dictionary.",
        "`found = juniors[role]` is no copy. What happens to `juniors` when something is added to `found`?",
    ],
)
def test_asking_changes_nothing(decision, renamed):
    """Asked again, of the same roles in the same process, the function says the same; another hierarchy is another."""
    shape = {"s": ["a", "b"], "a": ["c"], "b": ["c"], "c": ["d"], "d": []}
    juniors, names = renamed(shape)
    for letter in shape:
        answer = decision.often("inherited", 3, names[letter], juniors)
        assert isinstance(answer, Answer), f"Asked again, your function raised {answer}."
        lists = [sorted(each) for each in answer.value]
        assert lists[0] == lists[1] == lists[2], f"Asked three times for {names[letter]!r}, it said {lists!r}."
    less = juniors | {names["s"]: [names["a"]], names["c"]: []}
    comes_with(decision, names["s"], less, {names[each] for each in "sac"})
    comes_with(decision, names["s"], juniors, set(names.values()))
