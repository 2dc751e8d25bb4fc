"""Caught by: test_the_order_says_nothing. A rule that denies and could not be read is taken for a deny."""


def combine(rules: list[dict[str, str]]) -> str:
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    known = {("permit", "permit"), ("deny", "deny"), ("permit", "indeterminate"), ("deny", "indeterminate")}
    known |= {("permit", "not applicable"), ("deny", "not applicable")}
    pairs = [each if each in known else ("deny", "indeterminate") for each in pairs]
    if ("deny", "deny") in pairs:
        return "deny"
    if ("deny", "indeterminate") in pairs:
        return "deny"
    if ("permit", "permit") in pairs:
        return "permit"
    if ("permit", "indeterminate") in pairs:
        return "indeterminate"
    return "not applicable"
