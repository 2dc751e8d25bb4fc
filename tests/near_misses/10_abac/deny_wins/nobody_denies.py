"""Caught by: test_nobody_permits_is_no_permit. Nobody denies it."""


def combine(rules: list[dict[str, str]]) -> str:
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    known = {("permit", "permit"), ("deny", "deny"), ("permit", "indeterminate"), ("deny", "indeterminate")}
    known |= {("permit", "not applicable"), ("deny", "not applicable")}
    pairs = [each if each in known else ("deny", "indeterminate") for each in pairs]
    if ("deny", "deny") in pairs:
        return "deny"
    if ("deny", "indeterminate") in pairs:
        return "indeterminate"
    if pairs and pairs == [("permit", "not applicable")] * len(pairs):
        return "not applicable"
    if ("permit", "permit") not in pairs and ("permit", "indeterminate") in pairs:
        return "indeterminate"
    return "permit"
