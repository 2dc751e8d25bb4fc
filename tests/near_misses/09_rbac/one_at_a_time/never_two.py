"""Caught by: test_n_are_too_many_by_each_constraint. Of a constraint's roles one is active."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(len(acts & set(each["roles"])) < 2 for each in constraints)
