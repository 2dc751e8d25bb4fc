"""Caught by: test_what_comes_along_is_active_too. Active is what is active."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {*active, wanted}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
