"""Caught by: test_a_body_is_one_object_with_each_name_once. A name may stand there twice, and the last one counts."""

import json
from typing import Any

FIELDS: dict[str, dict[str, type]] = {"manager": {"note": str}, "hr": {"amount": int, "band": str, "note": str}}
BANDS = ("A", "B", "C", "D", "E")
LONGEST_NOTE = 200


def changes(body: str, user: dict[str, Any]) -> dict[str, Any] | None:
    """Return the new values by field, which are written as they are; None where anything at all is wrong."""
    try:
        said = json.loads(body)
    except ValueError:
        return None

    # All of it, or none: what one may not change is not left out in silence.
    kinds = {name: kind for role in user["roles"] for name, kind in FIELDS.get(role, {}).items()}
    if isinstance(said, dict) and said and all(type(value) is kinds.get(name) for name, value in said.items()):
        return said if in_bounds(**said) else None

    return None


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object whose members all have different names; raises `ValueError` (RFC 8259, 4)."""
    if len(dict(pairs)) == len(pairs):
        return dict(pairs)

    raise ValueError("A member is named twice.")


def in_bounds(amount: int = 1, band: str = "A", note: str = "") -> bool:
    """Return whether values are such as a record may have."""
    return 0 < amount < 100_000 and band in BANDS and len(note) <= LONGEST_NOTE and note.isprintable()
