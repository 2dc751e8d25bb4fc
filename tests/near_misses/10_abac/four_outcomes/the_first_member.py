"""Caught by: test_what_nobody_knows_is_no_guess. Of an object with two members, one is read."""

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
        case {"all": [_, *_] as parts}:
            return all(holds(part) for part in parts)
        case {"any": [_, *_] as parts}:
            return any(holds(part) for part in parts)
        case {"not": part}:
            return not holds(part)
    raise ValueError(when)
