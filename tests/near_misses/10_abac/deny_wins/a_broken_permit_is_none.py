"""Caught by: test_what_might_permit_takes_nothing_away. A permit that could not be read is none."""


def combine(rules: list[dict[str, str]]) -> str:
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
    return "not applicable"
