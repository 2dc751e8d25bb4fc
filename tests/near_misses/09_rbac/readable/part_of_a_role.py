"""Caught by: test_roles_add_up_and_groups_add_nothing. A role's name is looked for in a text."""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    text = ",".join(user["roles"])
    fields = ALWAYS.union(*(more for role, more in MORE.items() if role in text))
    if record["owner"] == user["name"]:
        fields |= {"amount"}
    return {name: value for name, value in record.items() if name in fields}
