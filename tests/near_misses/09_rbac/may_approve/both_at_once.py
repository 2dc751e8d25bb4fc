"""Caught by: test_nobody_approves_what_they_prepared. Refused is only who prepared a raise for themselves."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    return not (raise_["prepared_by"] == user["name"] and raise_["owner"] == user["name"])
