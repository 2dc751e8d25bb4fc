"""Caught by: test_nobody_approves_what_they_prepared. Who can prepare does not approve: that role is dropped before."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    return "raises:prepare" not in user["permissions"] and raise_["owner"] != user["name"]
