"""Caught by: test_conditions_stand_in_conditions. Deeper than anybody writes, an error is a no."""

from typing import Any


def outcome_of(effect: str, when: Any) -> str:
    if effect not in ("permit", "deny"):
        return "indeterminate"
    try:
        return effect if holds(when, 0) else "not applicable"
    except ValueError:
        return "indeterminate"


def holds(when: Any, depth: int) -> bool:
    if isinstance(when, bool):
        return when
    if isinstance(when, str) and depth > 3:
        return False
    match when:
        case {"all": [_, *_] as parts} if len(when) == 1:
            return all(holds(part, depth + 1) for part in parts)
        case {"any": [_, *_] as parts} if len(when) == 1:
            return any(holds(part, depth + 1) for part in parts)
        case {"not": part} if len(when) == 1:
            return not holds(part, depth + 1)
    raise ValueError(when)
