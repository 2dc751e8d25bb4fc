"""Caught by: test_employees_meet_nobody_elses. Only who is an employee and nothing else is held to their own record."""

from typing import Any


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    if user["roles"] == ["employee"]:
        return {"branch": user["branch"], "owner": user["name"]}
    return {"branch": user["branch"]}
