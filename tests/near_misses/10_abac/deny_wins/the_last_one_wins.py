"""Caught by: test_a_deny_overrides. Later rules are there to correct earlier ones."""


def combine(rules: list[dict[str, str]]) -> str:
    pairs = [(each["effect"], each["outcome"]) for each in rules]
    known = {("permit", "permit"), ("deny", "deny"), ("permit", "indeterminate"), ("deny", "indeterminate")}
    known |= {("permit", "not applicable"), ("deny", "not applicable")}
    pairs = [each if each in known else ("deny", "indeterminate") for each in pairs]
    if ("deny", "indeterminate") in pairs and ("deny", "deny") not in pairs:
        return "indeterminate"
    said = [outcome for _, outcome in pairs if outcome in ("permit", "deny")]
    if said:
        return said[-1]
    if ("permit", "indeterminate") in pairs:
        return "indeterminate"
    return "not applicable"
