"""Caught by: test_two_are_not_active_at_once. The last activated is who one is."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {*active[-1:], wanted}.union(*(below.get(role, []) for role in [*active[-1:], wanted]))
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
