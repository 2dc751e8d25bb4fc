"""Caught by: test_what_comes_along_is_active_too. Counted as often as it comes."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = [each for role in [*active, wanted] for each in below.get(role, [role])]
    return all(sum(each in one["roles"] for each in acts) < one["n"] for one in constraints)
