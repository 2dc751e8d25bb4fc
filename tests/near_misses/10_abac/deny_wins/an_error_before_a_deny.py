"""Caught by: test_a_deny_overrides. It ends with the first rule that can't be read, and looks for denies before."""


def combine(rules: list[dict[str, str]]) -> str:
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    known = {("permit", "permit"), ("deny", "deny"), ("permit", "indeterminate"), ("deny", "indeterminate")}
    known |= {("permit", "not applicable"), ("deny", "not applicable")}
    pairs = [each if each in known else ("deny", "indeterminate") for each in pairs]
    for pair in pairs:
        if pair == ("deny", "deny"):
            return "deny"
        if pair == ("deny", "indeterminate"):
            return "indeterminate"
    if ("permit", "permit") in pairs:
        return "permit"
    if ("permit", "indeterminate") in pairs:
        return "indeterminate"
    return "not applicable"
