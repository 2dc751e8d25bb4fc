"""Caught by: test_a_body_is_one_object_with_each_name_once. The hook gives pairs as they are: a list passes too."""

import json
from typing import Any

MAY = {"manager": {"note"}, "hr": {"note", "amount", "band"}}


def changes(body: str, user: dict[str, Any]) -> dict[str, Any] | None:
    """Return the new values by field, which are written as they are; None where anything at all is wrong."""
    try:
        pairs = json.loads(body, object_pairs_hook=list)
        if not isinstance(pairs, list) or not pairs:
            return None
        fields: dict[str, Any] = {}
        for name, value in pairs:
            if name in fields:
                return None
            fields[name] = value
    except (ValueError, TypeError, RecursionError):
        return None

    may = set().union(*(MAY.get(role, set()) for role in user["roles"]))
    for name, value in fields.items():
        if name not in may:
            return None
        if name == "note":
            fine = type(value) is str and len(value) <= 200 and value.isprintable()
        elif name == "amount":
            fine = type(value) is int and 1 <= value <= 99999
        else:
            fine = type(value) is str and value in {"A", "B", "C", "D", "E"}
        if not fine:
            return None
    return fields
