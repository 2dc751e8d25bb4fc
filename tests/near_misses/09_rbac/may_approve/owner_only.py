"""Caught by: test_nobody_approves_what_they_prepared. Nobody raises their own pay, and anybody that of others."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    return raise_["owner"] != user["name"]
