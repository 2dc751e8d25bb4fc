"""Caught by: test_nobody_permits_is_no_permit. Without rules there is nobody who denies."""


def combine(rules: list[dict[str, str]]) -> str:
    if not rules:
        return "permit"
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    known = {("permit", "permit"), ("deny", "deny"), ("permit", "indeterminate"), ("deny", "indeterminate")}
    known |= {("permit", "not applicable"), ("deny", "not applicable")}
    pairs = [each if each in known else ("deny", "indeterminate") for each in pairs]
    if ("deny", "deny") in pairs:
        return "deny"
    if ("deny", "indeterminate") in pairs:
        return "indeterminate"
    if ("permit", "permit") in pairs:
        return "permit"
    if ("permit", "indeterminate") in pairs:
        return "indeterminate"
    return "not applicable"
