"""Caught by: test_what_comes_along_twice_is_one. Counted as often as it comes."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = [each for role in [*held, new] for each in below.get(role, [role])]
    return all(sum(each in one["roles"] for each in has) < one["n"] for one in constraints)
