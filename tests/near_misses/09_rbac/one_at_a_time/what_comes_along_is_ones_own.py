"""Caught by: test_what_is_not_assigned_is_not_activated. Whoever is director is HR."""


def may_activate(active, wanted, assigned, below, constraints):
    if not any(wanted == role or wanted in below.get(role, []) for role in assigned):
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
