"""Caught by: test_branches_are_kept_apart. The auditor is taken for somebody who stands above branches."""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    if "auditor" in user["roles"]:
        return {}
    branch = {"branch": user["branch"]}
    return branch if SEE_THE_BRANCH & set(user["roles"]) else branch | {"owner": user["name"]}
