"""Caught by: test_n_are_too_many_by_each_constraint. The first constraint that names it says what is so."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    for each in constraints:
        if wanted in each["roles"]:
            return len(acts & set(each["roles"])) < each["n"]
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
