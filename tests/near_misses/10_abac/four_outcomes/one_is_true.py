"""Caught by: test_what_nobody_knows_is_no_guess. 1 is in (True, False), for 1 == True."""

from typing import Any


def outcome_of(effect: str, when: Any) -> str:
    if effect not in ("permit", "deny"):
        return "indeterminate"
    try:
        return effect if holds(when) else "not applicable"
    except (ValueError, TypeError):
        return "indeterminate"


def holds(when: Any) -> bool:
    if not isinstance(when, dict) and when in (True, False):
        return bool(when)
    match when:
        case {"all": [_, *_] as parts} if len(when) == 1:
            return all(holds(part) for part in parts)
        case {"any": [_, *_] as parts} if len(when) == 1:
            return any(holds(part) for part in parts)
        case {"not": part} if len(when) == 1:
            return not holds(part)
    raise ValueError(when)
