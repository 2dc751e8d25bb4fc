"""Caught by: test_what_is_not_assigned_is_not_activated. It is active already."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted in active:
        return True
    if wanted not in assigned:
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
