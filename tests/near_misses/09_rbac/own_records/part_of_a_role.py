"""Caught by: test_roles_are_compared_as_a_whole. A role's name is looked for in a text of all of them."""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    branch = {"branch": user["branch"]}
    if any(role in " ".join(user["roles"]) for role in SEE_THE_BRANCH):
        return branch
    return branch | {"owner": user["name"]}
