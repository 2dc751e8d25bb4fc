"""Ask whether a role is granted a permission.

What `permitted` promises: by roles and grants that are drawn, and by Mallory's groups in the company's pages.
"""

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.rbac.attacks import found
from labsrv.labs.rbac.people import amount_of, ask, change, hire, log_in, number_of, permissions_of

PLACE = 1
DECIDES = ("permitted",)

# Names that are not the name: name → another one.
OTHER_NAMES = {
    "in capitals": str.upper,
    "with a capital letter": str.capitalize,
    "with a blank behind it": lambda name: f"{name} ",
    "with a blank before it": lambda name: f" {name}",
    "with a line break behind it": lambda name: f"{name}\n",
    "with a tab behind it": lambda name: f"{name}\t",
    "with nothing to be seen behind it": lambda name: f"{name}\u200b",
    "with a letter more": lambda name: f"{name}s",
    "with a letter before it": lambda name: f"x{name}",
    "with a letter less": lambda name: name[:-1],
    "without its first letter": lambda name: name[1:],
    "its first letter": lambda name: name[:1],
    "as a part of another": lambda name: f"friends-of-{name}-of-old",
    "behind a comma": lambda name: f"tasters,{name}",
    "before a comma": lambda name: f"{name},tasters",
    "in wide letters": lambda name: "".join(chr(ord(each) + 0xFEE0) if each.isalnum() else each for each in name),
    "with a letter that looks the same": lambda name: name.translate({ord("e"): "е", ord("a"): "а", ord("r"): "г"}),
    "backwards": lambda name: name[::-1],
    "nothing": lambda name: "",
    "a star": lambda name: "*",
    "any of it": lambda name: f"{name[:2]}*",
}

# Permissions in the place of the one that is granted: (thing, action) → another one.
OTHER_PERMISSIONS = {
    "the thing alone": lambda thing, action: thing,
    "the thing and a colon": lambda thing, action: f"{thing}:",
    "the action alone": lambda thing, action: action,
    "a star": lambda thing, action: "*",
    "everything of the thing": lambda thing, action: f"{thing}:*",
    "the action of everything": lambda thing, action: f"*:{action}",
    "another action": lambda thing, action: f"{thing}:x{action}",
    "another thing": lambda thing, action: f"x{thing}:{action}",
    "an action more": lambda thing, action: f"{thing}:{action}:all",
    "both the other way round": lambda thing, action: f"{action}:{thing}",
    "a list of two": lambda thing, action: f"{thing}:{action} {thing}:x",
}

# Names to which people like to give everything.
GREAT_NAMES = ["admin", "Admin", "root", "superuser", "owner", "system", "*", "all", "hr", "director", "manager"]

# Actions of which people think that one contains the other: granted, and not permitted by it.
CONTAINED = [
    ("edit", "read"),
    ("delete", "edit"),
    ("write", "read"),
    ("admin", "read"),
    ("manage", "edit"),
    ("read", "list"),
    ("read", "read_all"),
    ("approve", "prepare"),
]

# Roles that people fall back to for whoever has none that they know.
FALLBACKS = ["employee", "default", "guest", "user", "everybody", "anonymous", "public", "*", ""]

# What Mallory may call a group on the company's pages.
GROUPS = [
    "HR ",
    " hr",
    "HR",
    "Hr",
    "friends-of-hr",
    "hr,employee",
    "hrx",
    "h",
    "Payroll",
    "manager ",
    "ｈｒ",
    "auditors",
]


@pytest.fixture
def policy(draw):
    """Roles with one drawn permission each, and a last one to which nothing is granted."""
    roles = [draw.word() for _ in range(4)]
    grants = {role: [f"{draw.word()}:{draw.word()}" for _ in range(3)] for role in roles}
    return grants | {draw.word(): []}


def says(decision, permission, roles, grants):
    """Return what the function says, as a yes or no."""
    answer = decision.permitted(permission, roles, grants)
    assert isinstance(answer, Answer), f"For {permission!r} and roles {roles!r} your function raised {answer}."
    return bool(answer.value)


def refuses(decision, permission, roles, grants, why):
    """Check that a permission is not there."""
    assert not says(decision, permission, roles, grants), f"{why}: {roles!r} are permitted {permission!r}."


@promise()
def test_a_role_is_permitted_what_it_is_granted(decision, policy):
    """Whoever has one role is permitted each of its permissions, and none of another's."""
    for role, granted in policy.items():
        for other, permissions in policy.items():
            for permission in permissions:
                assert says(decision, permission, [role], policy) == (permission in granted), (
                    f"{role!r} has {granted!r}, {other!r} has {permission!r}: is {role!r} permitted {permission!r}?"
                )


@promise()
def test_people_do_their_work(lab, shop, alice, bob, carol):
    """Alice reads her record, Bob prepares raises, Carol changes what Alice earns."""
    log_in(alice, shop)
    assert ask(alice, shop.page("record", number=number_of(lab, alice))).status == 200, "Alice can't read her record."
    log_in(bob, shop)
    assert ask(bob, shop.raises).status == 200, "Bob, a manager, can't see the raises."
    log_in(carol, shop)
    assert change(carol, shop, number_of(lab, alice), amount=3050).status == 200, "Carol can't change a record."
    assert amount_of(lab, alice) == 3050, "Carol changed a record, and it is as it was."


@promise(
    points=2,
    after=test_a_role_is_permitted_what_it_is_granted,
    asvs="8.2.1",
    cwe=178,
    hints=[
        "Which text does your function look into, and what else may stand in it?",
        "A list and a text both know `in`. What does each of them look for?",
        "`'hr' in 'friends-of-hr'` and `'hr' in ['friends-of-hr']`: try both in a cell.",
    ],
)
def test_a_role_is_that_very_name(lab, decision, shop, policy, draw, mallory):
    """A group whose name sounds like a role's is not that role: Mallory founds some, and is permitted what she was."""
    role = next(iter(policy))
    for words, spell in OTHER_NAMES.items():
        other = spell(role)
        assert other not in policy, "Roles are drawn, and this was one."
        for roles in ([other], [draw.word(), other], [other, draw.word()]):
            refuses(decision, policy[role][0], roles, policy, f"A role's name {words}")
        # Roles may be called anything; whoever compares as people read takes one for the other.
        refuses(decision, policy[role][0], [role], {other: policy[role]}, f"Granted to a role's name {words}")

    log_in(mallory, shop)
    before = permissions_of(mallory, shop)
    assert before, "Mallory, an employee, is permitted nothing."
    for name in draw.sample(GROUPS, len(GROUPS)):
        assert found(mallory, shop, name), f"Mallory may not found the group {name!r}."
        assert permissions_of(mallory, shop) == before, f"Mallory founded {name!r}, and is permitted more than before."


@promise(
    points=1,
    after=test_a_role_is_permitted_what_it_is_granted,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "`records:read` is granted. Is `records:rea` permitted by your function, or `records`?",
        "Nothing says that a star stands for anything here.",
    ],
)
def test_a_permission_is_that_very_name(decision, policy):
    """Who is granted one permission is not permitted another that is like it; a star stands for itself."""
    role = next(iter(policy))
    granted = policy[role][1]
    thing, action = granted.split(":")
    for words, spell in (OTHER_NAMES | {"": str.swapcase}).items():
        refuses(decision, spell(granted), [role], policy, f"A permission {words}")
    for words, build in OTHER_PERMISSIONS.items():
        other = build(thing, action)
        refuses(decision, other, [role], policy, f"A permission ({words})")
        refuses(decision, granted, [role], {role: [other, "x:y"]}, f"Granted is {other!r} ({words})")
    for has, lacks in CONTAINED:
        refuses(decision, f"{thing}:{lacks}", [role], {role: [f"{thing}:{has}"]}, "Another action")
    joined = f"{policy[role][0]}{policy[role][1]}"
    refuses(decision, joined, [role], policy, "Two permissions in a row")


@promise(
    points=1,
    after=test_a_role_is_permitted_what_it_is_granted,
    asvs="8.3.1",
    cwe=862,
    hints=[
        "What does your function look up first where `roles` is empty? `all([])` is True. What is `any([])`?",
        "A role that nobody granted anything: what does `grants[role]` do, and what does `grants.get(role, [])`?",
    ],
)
def test_no_role_no_permission(decision, policy, draw):
    """Who has no role, or only such as nobody knows, is permitted nothing; and nothing breaks."""
    *_, (empty, _) = policy.items()
    stranger, every = draw.word(), [each for granted in policy.values() for each in granted]
    for roles in ([], [stranger], [empty], [empty, stranger], [stranger] * 3, [""], ["public"], ["logged in"]):
        for permission in [*every, draw.word(), "", stranger, empty, "public"]:
            refuses(decision, permission, roles, policy, "Without a role that is granted anything")
    for roles in ([], [stranger], [empty]):
        refuses(decision, every[0], roles, {}, "Where nothing is granted to anybody")
        for name in FALLBACKS:
            refuses(decision, every[0], roles, policy | {name: every}, f"It is granted to {name!r}")
    refuses(decision, draw.word(), list(policy), policy, "A permission that nobody has")


@promise(
    points=1,
    after=test_a_role_is_permitted_what_it_is_granted,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "Carol is an employee too. What is each of her roles asked?",
        "Is one role enough, or do all have to agree?",
    ],
)
def test_one_of_the_roles_is_enough(lab, decision, shop, policy, draw, carol):
    """Whoever has several roles is permitted what one of them is granted: the first, the last, one in the middle."""
    every = [(role, each) for role, granted in policy.items() for each in granted]
    for role, permission in every:
        others = [each for each in policy if each != role]
        for roles in ([role, *others], [*others, role], draw.sample([*others, role, draw.word()], len(others) + 2)):
            assert says(decision, permission, roles, policy), (
                f"One of {roles!r} is granted {permission!r}, and it is not permitted."
            )

    hire(lab, carol, "employee", "hr")
    log_in(carol, shop, "hr")
    assert {"records:read", "records:edit", "roles:assign"} <= set(permissions_of(carol, shop)), (
        "Carol is an employee and HR, and is not permitted what both are."
    )


@promise(
    points=1,
    after=test_a_role_is_permitted_what_it_is_granted,
    asvs="8.2.1",
    cwe=863,
    hints=[
        "What does your function know about a role besides what `grants` says?",
        "Tomorrow the office takes a permission away from HR, in `grants`. Does your function notice?",
    ],
)
def test_grants_alone_decide(decision, policy, draw):
    """No name is more than its grants: neither `admin` nor `hr`, and what is taken away from a role is gone."""
    permission = policy[next(iter(policy))][0]
    for name in GREAT_NAMES:
        refuses(decision, permission, [name], policy, "A great name with no grants")
        refuses(decision, permission, [name, draw.word()], policy | {name: ["x:y"]}, "A great name with another grant")
    for role, granted in policy.items():
        for each in granted:
            less = policy | {role: [other for other in granted if other != each]}
            refuses(decision, each, [role], less, "Taken away")
            assert says(decision, each, [role], policy), f"{each!r} is granted to {role!r}, and it is not permitted."
