"""Caught by: test_two_are_not_active_at_once. n are all right."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return not any(len(acts & set(each["roles"])) > each["n"] for each in constraints)
