"""Caught by: test_a_role_that_is_none_is_assigned_to_nobody. Whoever is in a group gets no role."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    if any(role not in below for role in held) and any(new in each["roles"] for each in constraints):
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
