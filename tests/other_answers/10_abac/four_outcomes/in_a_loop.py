"""Words in the place of values, and a loop for each kind of condition."""

from typing import Any

UNREAD = "indeterminate"
OPPOSITE = {"yes": "no", "no": "yes", UNREAD: UNREAD}


def outcome_of(effect: str, when: Any) -> str:
    said = look(when)
    if said == UNREAD or effect not in ("permit", "deny"):
        return UNREAD
    return effect if said == "yes" else "not applicable"


def look(when: Any) -> str:
    if type(when) is bool:
        return "yes" if when else "no"
    if type(when) is dict and list(when) == ["not"]:
        return OPPOSITE[look(when["not"])]
    if type(when) is dict and list(when) == ["all"]:
        return until("no", when["all"])
    if type(when) is dict and list(when) == ["any"]:
        return until("yes", when["any"])
    return UNREAD


def until(stop: str, parts: Any) -> str:
    if type(parts) is not list or parts == []:
        return UNREAD
    for part in parts:
        said = look(part)
        if said in (stop, UNREAD):
            return said
    return OPPOSITE[stop]
