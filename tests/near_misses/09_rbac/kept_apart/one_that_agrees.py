"""Caught by: test_two_roles_are_kept_apart. One constraint that has nothing against it is enough."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return not constraints or any(len(has & set(each["roles"])) < each["n"] for each in constraints)
