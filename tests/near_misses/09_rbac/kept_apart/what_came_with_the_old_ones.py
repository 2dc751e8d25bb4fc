"""Caught by: test_what_comes_along_counts. The new role is one role."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {new}.union(*(below.get(role, [role]) for role in held))
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
