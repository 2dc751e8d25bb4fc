"""Caught by: test_roles_add_up_and_groups_add_nothing. The first role that says something of fields has the only
say.
"""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    fields = ALWAYS | next((MORE[role] for role in user["roles"] if role in MORE), set())
    if record["owner"] == user["name"]:
        fields |= {"amount"}
    return {name: value for name, value in record.items() if name in fields}
