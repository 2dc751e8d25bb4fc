"""Caught by: test_owners_read_their_amount_and_no_more. Whose own record it is reads less than their roles let them."""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    if record["owner"] == user["name"]:
        fields = ALWAYS | {"amount"}
    else:
        fields = ALWAYS.union(*(MORE.get(role, set()) for role in user["roles"]))
    return {name: value for name, value in record.items() if name in fields}
