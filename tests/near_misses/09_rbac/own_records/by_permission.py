"""Caught by: test_employees_meet_nobody_elses. What is asked is whether somebody reads records, and not whose."""

from typing import Any


def own_records(user: dict[str, Any]) -> dict[str, Any]:
    if "records:read" in user["permissions"]:
        return {"branch": user["branch"]}
    return {"branch": user["branch"], "owner": user["name"]}
