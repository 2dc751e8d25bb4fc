"""Caught by: test_no_answer_is_neither_yes_nor_no. What is missing is not there, and nothing holds of it."""

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
    if isinstance(when, str) and when.endswith("is missing"):
        return False
    match when:
        case {"all": [_, *_] as parts} if len(when) == 1:
            return all(holds(part) for part in parts)
        case {"any": [_, *_] as parts} if len(when) == 1:
            return any(holds(part) for part in parts)
        case {"not": part} if len(when) == 1:
            return not holds(part)
    raise ValueError(when)
