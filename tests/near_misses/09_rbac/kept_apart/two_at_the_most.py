"""Caught by: test_the_office_assigns_roles. Of a constraint's roles nobody has two."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has & set(each["roles"])) < 2 for each in constraints)
