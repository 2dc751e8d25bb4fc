"""Caught by: test_the_same_roles_are_no_reason. Another person is asked for, and other roles on top of it."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    another = user["name"] not in (raise_["prepared_by"], raise_["owner"])
    return another and not set(raise_["prepared_as"]) & set(user["roles"]) - {"employee"}
