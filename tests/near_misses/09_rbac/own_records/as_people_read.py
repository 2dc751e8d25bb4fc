"""Caught by: test_roles_are_compared_as_a_whole. Roles are compared without capitals and blanks."""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    branch = {"branch": user["branch"]}
    if SEE_THE_BRANCH & {role.strip().lower() for role in user["roles"]}:
        return branch
    return branch | {"owner": user["name"]}
