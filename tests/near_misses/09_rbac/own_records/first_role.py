"""Caught by: test_roles_are_compared_as_a_whole. Only the first of the roles is looked at."""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    branch = {"branch": user["branch"]}
    if SEE_THE_BRANCH & set(user["roles"][:2]):
        return branch
    return branch | {"owner": user["name"]}
