"""RBAC in pycasbin beside the textbook: authorized roles by the closure of the hierarchy, permissions by the roles."""

import random

import pytest

from labsrv.policy.casbin_model import RbacRows

TEA_SHOP = RbacRows(
    frozenset({("alice", "employee"), ("hanna", "head of hr"), ("bob", "hr")}),
    frozenset({("head of hr", "hr"), ("hr", "employee")}),
    frozenset(
        {
            ("employee", "own pay", "read"),
            ("hr", "pay", "read"),
            ("hr", "pay", "edit"),
            ("head of hr", "raise", "approve"),
        }
    ),
)
ASKED = {
    "her own": ("alice", "own pay", "read", True),
    "not everyone's": ("alice", "pay", "read", False),
    "inherited": ("bob", "own pay", "read", True),
    "inherited over two": ("hanna", "own pay", "read", True),
    "not upwards": ("bob", "raise", "approve", False),
    "another operation": ("bob", "pay", "delete", False),
    "a part of a name": ("bob", "pa", "read", False),
    "a pattern": ("bob", "*", "read", False),
    "another case": ("bob", "Pay", "read", False),
    "nobody": ("mallory", "pay", "read", False),
    "a user named like a role": ("hr", "pay", "read", False),
    "a role as it stands in the rows": ("role:hr", "pay", "read", False),
    "nothing": ("", "", "", False),
}


@pytest.mark.parametrize(("user", "obj", "operation", "allowed"), ASKED.values(), ids=ASKED)
def test_the_tea_shop(user, obj, operation, allowed):
    assert TEA_SHOP.allows(user, obj, operation) is allowed


def test_authorized_roles():
    assert TEA_SHOP.roles_of("hanna") == {"head of hr", "hr", "employee"}
    assert TEA_SHOP.roles_of("mallory") == set()


@pytest.mark.parametrize("links", [9, 10, 11, 50])
def test_a_deep_hierarchy_is_followed(links):
    chain = frozenset((f"r{number}", f"r{number + 1}") for number in range(links))
    rows = RbacRows(frozenset({("alice", "r0")}), chain, frozenset({(f"r{links}", "pay", "read")}))

    assert rows.allows("alice", "pay", "read")


def textbook(rows, user):
    """Return the authorized roles of a user: INCITS 359, 6.2, the closure."""
    roles = {role for name, role in rows.assignments if name == user}
    while more := {junior for senior, junior in rows.inheritance if senior in roles} - roles:
        roles |= more
    return roles


@pytest.mark.parametrize("seed", range(10))
def test_it_agrees_with_the_textbook(seed):
    draw = random.Random(seed)
    users, roles, objects = [f"u{n}" for n in range(4)], [f"r{n}" for n in range(6)], ["a", "b"]
    rows = RbacRows(
        frozenset((draw.choice(users), draw.choice(roles)) for _ in range(5)),
        frozenset((roles[low], roles[high]) for low, high in (sorted(draw.sample(range(6), 2)) for _ in range(5))),
        frozenset((draw.choice(roles), draw.choice(objects), draw.choice(["read", "edit"])) for _ in range(6)),
    )
    for user in users:
        assert rows.roles_of(user) == textbook(rows, user)
        for obj in objects:
            for operation in ("read", "edit"):
                expected = any((role, obj, operation) in rows.permissions for role in textbook(rows, user))
                assert rows.allows(user, obj, operation) is expected
