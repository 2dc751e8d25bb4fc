"""Caught by: test_roles_add_up_and_groups_add_nothing. A manager who is in charge of payroll as well reads no
amount.
"""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    fields = ALWAYS.union(*(MORE.get(role, set()) for role in user["roles"]))
    if "manager" in user["roles"] and "hr" not in user["roles"]:
        fields -= {"amount"}
    if record["owner"] == user["name"]:
        fields |= {"amount"}
    return {name: value for name, value in record.items() if name in fields}
