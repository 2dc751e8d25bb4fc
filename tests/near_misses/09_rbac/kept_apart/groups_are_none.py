"""Caught by: test_the_office_assigns_roles. All that is held is known."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below[role]}
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
