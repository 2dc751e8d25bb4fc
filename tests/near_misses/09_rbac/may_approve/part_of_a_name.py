"""Caught by: test_a_name_that_looks_alike_is_another_person. One text is looked for in another."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    return user["name"] not in f"{raise_['prepared_by']} {raise_['owner']}"
