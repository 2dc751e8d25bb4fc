"""Caught by: test_two_roles_are_kept_apart. Up to n are all right."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has & set(each["roles"])) <= each["n"] for each in constraints)
