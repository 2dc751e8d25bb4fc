"""Caught by: test_nothing_says_nothing. Python's all() and any() have an answer for an empty list."""

from typing import Any


def outcome_of(effect: str, when: Any) -> str:
    if effect not in ("permit", "deny"):
        return "indeterminate"
    try:
        return effect if holds(when) else "not applicable"
    except ValueError:
        return "indeterminate"


def holds(when: Any) -> bool:
    if isinstance(when, bool):
        return when
    match when:
        case {"all": list(parts)} if len(when) == 1:
            return all(holds(part) for part in parts)
        case {"any": list(parts)} if len(when) == 1:
            return any(holds(part) for part in parts)
        case {"not": part} if len(when) == 1:
            return not holds(part)
    raise ValueError(when)
