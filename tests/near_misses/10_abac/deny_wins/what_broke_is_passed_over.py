"""Caught by: test_what_might_deny_is_no_permit. What could not be read is left out, and the rest is combined."""


def combine(rules: list[dict[str, str]]) -> str:
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    known = {("permit", "permit"), ("deny", "deny"), ("permit", "indeterminate"), ("deny", "indeterminate")}
    known |= {("permit", "not applicable"), ("deny", "not applicable")}
    pairs = [each if each in known else ("deny", "x") for each in pairs]
    if ("deny", "deny") in pairs:
        return "deny"
    if ("deny", "x") in pairs:
        return "indeterminate"
    if ("permit", "permit") in pairs:
        return "permit"
    if ("permit", "indeterminate") in pairs or ("deny", "indeterminate") in pairs:
        return "indeterminate"
    return "not applicable"
