"""Caught by: test_employees_meet_nobody_elses. The branch is looked at, and not the owner."""

from typing import Any


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    return {"branch": user["branch"]}
