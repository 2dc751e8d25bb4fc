"""Caught by: test_what_comes_along_counts. Assigned is what is assigned."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    return all(len({*held, new} & set(each["roles"])) < each["n"] for each in constraints)
