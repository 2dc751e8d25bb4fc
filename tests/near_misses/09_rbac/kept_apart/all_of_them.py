"""Caught by: test_two_roles_are_kept_apart. Nobody has all of a constraint's roles."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return not any(has >= set(each["roles"]) for each in constraints)
