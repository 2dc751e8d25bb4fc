"""Caught by: test_what_nobody_understands_is_no_permit. Outcomes that it does not know do not concern it."""


def combine(rules: list[dict[str, str]]) -> str:
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    if ("deny", "deny") in pairs:
        return "deny"
    if ("deny", "indeterminate") in pairs:
        return "indeterminate"
    if ("permit", "permit") in pairs:
        return "permit"
    if ("permit", "indeterminate") in pairs:
        return "indeterminate"
    return "not applicable"
