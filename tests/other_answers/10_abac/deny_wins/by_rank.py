"""Each rule has a rank, and the highest one is the outcome."""

RANKS = ["not applicable", "might permit", "permit", "might deny", "deny"]
SAID = {"might permit": "indeterminate", "might deny": "indeterminate"}


def rank(rule):
    effect, outcome = rule["effect"], rule["outcome"]
    if effect not in ("permit", "deny"):
        return RANKS.index("might deny")
    if outcome == "indeterminate":
        return RANKS.index(f"might {effect}")
    if outcome in (effect, "not applicable"):
        return RANKS.index(outcome)
    return RANKS.index("might deny")


def combine(rules):
    highest = RANKS[max(map(rank, rules), default=0)]
    return SAID.get(highest, highest)
