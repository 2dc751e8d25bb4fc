"""RBAC in pycasbin: a model in its language, and rows of users, roles and permissions.

Rows are what a site keeps anyway: who has which role, which role inherits which, and what a role may do. pycasbin
decides by them with deny as default. Sessions and separation of duty (INCITS 359) it does not know.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field

import casbin
from casbin.rbac.default_role_manager import RoleManager

DEEPEST = 100  # links from a user to a role
# `keyMatch`, patterns and wildcards are left out: a permission is compared whole. What matches nothing is denied.
MODEL = """
[request_definition]
r = sub, obj, act

[policy_definition]
p = sub, obj, act

[role_definition]
g = _, _

[policy_effect]
e = some(where (p.eft == allow))

[matchers]
m = g(r.sub, p.sub) && r.obj == p.obj && r.act == p.act
"""
ROLE = (
    "role:"  # users and roles share one space of names in casbin: a user named like a role would have its permissions
)
USER = "user:"


@dataclass(frozen=True)
class RbacRows:
    """Rows: (user, role), (senior role, junior role), (role, object, operation)."""

    assignments: frozenset[tuple[str, str]] = frozenset()
    inheritance: frozenset[tuple[str, str]] = frozenset()
    permissions: frozenset[tuple[str, str, str]] = frozenset()
    enforcer: "casbin.Enforcer" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "enforcer", enforcer_of(self.assignments, self.inheritance, self.permissions))

    def allows(self, user: str, obj: str, operation: str) -> bool:
        """Return whether some role of the user, or a junior of it, has the permission."""
        return bool(self.enforcer.enforce(USER + user, obj, operation))

    def roles_of(self, user: str) -> set[str]:
        """Return the roles that a user is authorized for: those assigned, and their juniors."""
        return {each.removeprefix(ROLE) for each in self.enforcer.get_implicit_roles_for_user(USER + user)}


def enforcer_of(
    assignments: Iterable[tuple[str, str]],
    inheritance: Iterable[tuple[str, str]],
    permissions: Iterable[tuple[str, str, str]],
) -> "casbin.Enforcer":
    """Return pycasbin's enforcer of these rows."""
    model = casbin.Enforcer.new_model(text=MODEL)
    enforcer = casbin.Enforcer(model)
    # As it comes, it looks ten links far and says no beyond, without a word.
    enforcer.set_role_manager(RoleManager(DEEPEST))
    enforcer.add_policies([[ROLE + role, obj, operation] for role, obj, operation in sorted(permissions)])
    enforcer.add_grouping_policies(
        [
            *([USER + user, ROLE + role] for user, role in sorted(assignments)),
            *([ROLE + senior, ROLE + junior] for senior, junior in sorted(inheritance)),
        ]
    )
    return enforcer
