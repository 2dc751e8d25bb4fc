"""Caught by: test_each_constraint_counts. The first that names the role decides."""


def may_assign(held, new, below, constraints):
    if new not in below:
        return False
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    for each in constraints:
        if new in each["roles"]:
            return len(has & set(each["roles"])) < each["n"]
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
