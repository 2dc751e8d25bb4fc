"""Caught by: test_nobody_approves_what_they_prepared. Two sets of roles without a common one are not two people."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    return not set(raise_["prepared_as"]) & set(user["roles"]) - {"employee"}
