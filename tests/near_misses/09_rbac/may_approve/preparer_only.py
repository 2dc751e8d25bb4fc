"""Caught by: test_nobody_approves_what_they_get. The preparer is somebody else, and the pay is the approver's own."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    return raise_["prepared_by"] != user["name"]
