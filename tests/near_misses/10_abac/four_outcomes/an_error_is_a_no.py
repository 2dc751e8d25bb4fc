"""Caught by: test_no_answer_is_neither_yes_nor_no. An error alone is told; among others it is a no."""

from typing import Any


def outcome_of(effect: str, when: Any) -> str:
    if effect not in ("permit", "deny"):
        return "indeterminate"
    if isinstance(when, str):
        return "indeterminate"
    try:
        return effect if holds(when) else "not applicable"
    except ValueError:
        return "indeterminate"


def holds(when: Any) -> bool:
    if isinstance(when, bool):
        return when
    if isinstance(when, str):
        return False
    match when:
        case {"all": [_, *_] as parts} if len(when) == 1:
            return all(holds(part) for part in parts)
        case {"any": [_, *_] as parts} if len(when) == 1:
            return any(holds(part) for part in parts)
        case {"not": part} if len(when) == 1:
            return not holds(part)
    raise ValueError(when)
