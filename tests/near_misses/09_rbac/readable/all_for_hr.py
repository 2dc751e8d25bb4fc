"""Caught by: test_a_field_that_is_added_is_for_nobody. HR gets the record as it is."""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    if "hr" in user["roles"]:
        return dict(record)
    fields = ALWAYS.union(*(MORE.get(role, set()) for role in user["roles"]))
    if record["owner"] == user["name"]:
        fields |= {"amount"}
    return {name: value for name, value in record.items() if name in fields}
