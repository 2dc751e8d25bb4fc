"""Caught by: test_what_nobody_understands_is_no_permit. An outcome of permit is a permit, whatever the rule is for."""


def combine(rules: list[dict[str, str]]) -> str:
    outcomes = [each["outcome"] for each in rules]
    if "deny" in outcomes:
        return "deny"
    if any(each["outcome"] not in ("permit", "not applicable") and each["effect"] != "permit" for each in rules):
        return "indeterminate"
    if set(outcomes) - {"permit", "deny", "not applicable", "indeterminate"}:
        return "indeterminate"
    if "permit" in outcomes:
        return "permit"
    if "indeterminate" in outcomes:
        return "indeterminate"
    return "not applicable"
