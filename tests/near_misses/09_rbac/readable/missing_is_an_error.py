"""Caught by: test_a_field_that_is_added_is_for_nobody. A field that a record does not have is looked up all the
same.
"""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    fields = ALWAYS.union(*(MORE.get(role, set()) for role in user["roles"]))
    if record["owner"] == user["name"]:
        fields |= {"amount"}
    return {name: record[name] for name in fields}
