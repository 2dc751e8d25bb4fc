"""Caught by: test_n_of_them_are_too_many. Whatever the constraint says, three are too many."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has & set(each["roles"])) < min(each["n"], 3) for each in constraints)
