"""Caught by: test_what_is_only_assigned_does_not_count. Three assigned are too many to have one active."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(
        len(acts & set(each["roles"])) < each["n"] and len(set(assigned) & set(each["roles"])) <= each["n"]
        for each in constraints
    )
