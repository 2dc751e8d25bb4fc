"""Make one outcome of those of all rules: a deny overrides."""


def combine(rules: list[dict[str, str]]) -> str:
    """Return the outcome of the policy: deny-overrides, in whatever order the rules come (XACML 3.0, C.2).

    What might have been a deny is no permit; what might have been a permit takes nothing from one that is.
    """
    found = {(each["effect"], each["outcome"]) for each in rules}
    # Of these, it is known what they might have been: at the most a permit.
    harmless = {("permit", "permit"), ("permit", "indeterminate")}
    harmless |= {("permit", "not applicable"), ("deny", "not applicable")}

    if ("deny", "deny") in found:
        return "deny"
    if found - harmless:
        return "indeterminate"
    if ("permit", "permit") in found:
        return "permit"
    if ("permit", "indeterminate") in found:
        return "indeterminate"

    return "not applicable"
