"""Caught by: test_what_nobody_knows_is_no_guess. A rule has its effect, whatever that is."""

from typing import Any


def outcome_of(effect: str, when: Any) -> str:
    try:
        return effect if holds(when) else "not applicable"
    except ValueError:
        return "indeterminate"


def holds(when: Any) -> bool:
    if isinstance(when, bool):
        return when
    match when:
        case {"all": [_, *_] as parts} if len(when) == 1:
            return all(holds(part) for part in parts)
        case {"any": [_, *_] as parts} if len(when) == 1:
            return any(holds(part) for part in parts)
        case {"not": part} if len(when) == 1:
            return not holds(part)
    raise ValueError(when)
