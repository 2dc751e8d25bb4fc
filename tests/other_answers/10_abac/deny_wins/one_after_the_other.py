"""Rule after rule, with what is known so far: no deny can be lost on the way."""

from typing import Any


def combine(rules: list[dict[str, Any]]) -> str:
    denied = unsure = permitted = maybe = False
    for rule in rules:
        match rule.get("effect"), rule.get("outcome"):
            case "deny", "deny":
                denied = True
            case "permit", "permit":
                permitted = True
            case "permit", "indeterminate":
                maybe = True
            case (("permit" | "deny"), "not applicable"):
                pass
            case _:
                unsure = True

    if denied:
        return "deny"
    if unsure or (maybe and not permitted):
        return "indeterminate"
    return "permit" if permitted else "not applicable"
