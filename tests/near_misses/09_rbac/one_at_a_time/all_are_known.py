"""Caught by: test_a_group_is_activated_by_its_own_name. Each role has a line."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {each for role in [*active, wanted] for each in below[role]}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
