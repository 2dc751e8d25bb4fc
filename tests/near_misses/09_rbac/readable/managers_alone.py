"""Caught by: test_each_role_reads_its_fields. What managers may not read is taken out, and everybody else reads
everything.
"""

from typing import Any


def readable(record: dict[str, Any], user: dict[str, Any]) -> dict[str, Any]:
    if "manager" in user["roles"]:
        return {name: value for name, value in record.items() if name != "amount"}
    return dict(record)
