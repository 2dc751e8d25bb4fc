"""Caught by: test_a_field_that_is_added_is_for_nobody. It says what is left out: a field of tomorrow is not among
it.
"""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    fields = ALWAYS.union(*(MORE.get(role, set()) for role in user["roles"]))
    if record["owner"] == user["name"]:
        fields |= {"amount"}
    left_out = {"amount", "note"} - fields
    return {name: value for name, value in record.items() if name not in left_out}
