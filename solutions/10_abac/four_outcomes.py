"""Say what one rule says: one of four outcomes."""

from typing import Any


def outcome_of(effect: str, when: Any) -> str:
    """Return the effect where the rule applies, "not applicable", or "indeterminate" (XACML 3.0, 7.11).

    What can't be read is no guess and no "no": a deny that might have applied is not gone (CWE-636, CWE-754).
    """
    if effect not in ("permit", "deny"):
        return "indeterminate"

    try:
        return effect if holds(when) else "not applicable"
    except ValueError:
        return "indeterminate"


def holds(when: Any) -> bool:
    """Return whether a condition holds; raise `ValueError` where that can't be said.

    From left to right, and only as far as needed (XACML 3.0, A.3.5).
    """
    if isinstance(when, bool):
        return when

    match when:
        case {"all": [_, *_] as parts} if len(when) == 1:
            return all(holds(each) for each in parts)
        case {"any": [_, *_] as parts} if len(when) == 1:
            return any(holds(each) for each in parts)
        case {"not": part} if len(when) == 1:
            return not holds(part)

    raise ValueError(f"this can't be read: {when!r}")
