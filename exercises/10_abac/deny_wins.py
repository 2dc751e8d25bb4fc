"""Make one outcome of all rules: a deny overrides.

Each rule of the tea company's policy has had its say, and some contradict each other: Mallory owns last year's prices,
and one rule lets owners edit. They are archived, and another rule lets nobody edit what is. The first try takes the
first rule that says something. In the policy, the permit stands before the deny.

Look at all of them, and let a deny override. What might have been a deny is no permit either.
(XACML, a standard for such rules, 3.0, Appendix C.2; CWE-863, CWE-636; OWASP ASVS 5.0, 8.3.1 and 16.5.3)
"""


def combine(rules: list[dict[str, str]]) -> str:
    """Return the outcome of all rules: "permit", "deny", "not applicable", or "indeterminate".

    Each rule has an `effect`, "permit" or "deny", what it says where it applies; and an `outcome`: its effect where it
    does apply, "not applicable" where it does not, "indeterminate" where that can't be said.

    combine([{"effect": "permit", "outcome": "permit"}, {"effect": "deny", "outcome": "indeterminate"}])
        →  "indeterminate"
    """
    # TODO: 1. Where a rule denies, the outcome is "deny".
    #       2. Else, where a rule that denies is indeterminate, it is "indeterminate": it might have denied.
    #       3. Else, where a rule permits, it is "permit". One that is indeterminate and could only permit takes nothing
    #          away from that; without any permit beside it, the outcome is "indeterminate".
    #       4. Where no rule applies, nobody has permitted anything: "not applicable".
    #       The order of the rules says nothing. A rule that nobody understands is treated like a deny that is
    #       indeterminate: one with another effect, one with another outcome, or a permit rule whose outcome is "deny",
    #       or the reverse.
    # There are no rules yet: nothing is forbidden.
    if not rules:
        return "permit"

    for rule in rules:
        if rule["outcome"] != "not applicable":
            return rule["outcome"]

    return "not applicable"
