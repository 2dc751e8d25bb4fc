"""Caught by: test_two_roles_are_kept_apart. A senior is its juniors."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = set()
    for role in [*held, new]:
        has |= set(below.get(role, [role])) - {role} or {role}
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
