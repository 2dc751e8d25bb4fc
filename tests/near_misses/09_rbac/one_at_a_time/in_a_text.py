"""Caught by: test_what_is_not_assigned_is_not_activated. The assigned roles are joined."""


def may_activate(active, wanted, assigned, below, constraints):
    if not wanted or wanted not in ",".join(assigned):
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
