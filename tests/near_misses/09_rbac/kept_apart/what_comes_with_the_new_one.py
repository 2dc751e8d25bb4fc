"""Caught by: test_what_comes_along_counts. What comes with those that are held was judged when they were assigned."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {*held, *below[new]}
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
