"""Caught by: test_branches_are_kept_apart. HR meets everything, of all branches."""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    if SEE_THE_BRANCH & set(user["roles"]):
        return {}
    return {"branch": user["branch"], "owner": user["name"]}
