"""Caught by: test_what_comes_along_counts. A constraint that does not name the new role has nothing to say."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints if new in each["roles"])
