"""Caught by: test_what_nobody_understands_is_no_permit. An outcome of deny is a deny, whatever the rule is for."""


def combine(rules: list[dict[str, str]]) -> str:
    permitted = unsure = maybe = False
    for rule in rules:
        match rule["effect"], rule["outcome"]:
            case _, "deny":
                return "deny"
            case "permit", "permit":
                permitted = True
            case "permit", "indeterminate":
                maybe = True
            case (("permit" | "deny"), "not applicable"):
                pass
            case _:
                unsure = True

    if unsure:
        return "indeterminate"
    if permitted:
        return "permit"
    return "indeterminate" if maybe else "not applicable"
