"""Caught by: test_branches_are_kept_apart. One's own record is met in whichever branch it is."""

from typing import Any

SEE_THE_BRANCH = {"manager", "hr", "payroll", "auditor"}


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    if SEE_THE_BRANCH & set(user["roles"]):
        return {"branch": user["branch"]}
    return {"owner": user["name"]}
