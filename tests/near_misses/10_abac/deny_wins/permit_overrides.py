"""Caught by: test_a_deny_overrides. Somebody has permitted it."""


def combine(rules: list[dict[str, str]]) -> str:
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    known = {("permit", "permit"), ("deny", "deny"), ("permit", "indeterminate"), ("deny", "indeterminate")}
    known |= {("permit", "not applicable"), ("deny", "not applicable")}
    pairs = [each if each in known else ("deny", "indeterminate") for each in pairs]
    if ("deny", "indeterminate") in pairs and ("deny", "deny") not in pairs:
        return "indeterminate"
    if ("permit", "permit") in pairs:
        return "permit"
    if ("deny", "deny") in pairs:
        return "deny"
    if ("permit", "indeterminate") in pairs:
        return "indeterminate"
    return "not applicable"
