"""Caught by: test_leaving_an_attribute_at_home_opens_nothing. One part without an answer, and there is none."""

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
        case {"all": [_, *_] as parts} if len(when) == 1:
            return all(tuple(map(holds, parts)))
        case {"any": [_, *_] as parts} if len(when) == 1:
            return any(tuple(map(holds, parts)))
        case {"not": part} if len(when) == 1:
            return not holds(part)
    raise ValueError(when)
