"""Show of a record the fields that are for whoever asks.

A list of what may be read, and not of what may not: a field that is added tomorrow is on neither.
"""

from typing import Any

ALWAYS = {"id", "owner", "branch", "band"}
MORE = {"manager": {"note"}, "hr": {"amount", "note"}, "payroll": {"amount"}, "auditor": {"amount"}}


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    """Return the fields of the record that the user may read, with their values, as a dictionary of their own."""
    fields = ALWAYS.union(*(MORE.get(role, set()) for role in user["roles"]))
    if record["owner"] == user["name"]:
        fields |= {"amount"}

    return {name: value for name, value in record.items() if name in fields}
