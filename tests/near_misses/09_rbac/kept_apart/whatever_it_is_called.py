"""Caught by: test_a_role_that_is_none_is_assigned_to_nobody. What is not known comes with nothing."""


def may_assign(held, new, below, constraints):
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
