"""Caught by: test_a_name_that_looks_alike_is_another_person. Names are compared without their capitals and blanks."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    names = {raise_["prepared_by"].strip().lower(), raise_["owner"].strip().lower()}
    return user["name"].strip().lower() not in names
