"""Caught by: test_owners_read_their_amount_and_no_more. A record's owner reads the note about them as well."""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    fields = ALWAYS.union(*(MORE.get(role, set()) for role in user["roles"]))
    if record["owner"] == user["name"]:
        fields |= {"amount", "note"}
    return {name: value for name, value in record.items() if name in fields}
