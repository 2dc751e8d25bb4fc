"""Caught by: test_each_role_reads_its_fields. Two kinds of people: HR, and all others."""

from typing import Any


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    fields = {"id", "owner", "branch", "band"}
    if "hr" in user["roles"]:
        fields |= {"amount", "note"}
    if record["owner"] == user["name"]:
        fields |= {"amount"}
    return {name: value for name, value in record.items() if name in fields}
