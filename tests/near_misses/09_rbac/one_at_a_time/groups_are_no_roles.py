"""Caught by: test_a_group_is_activated_by_its_own_name. What is not among the roles is not activated."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned or wanted not in below:
        return False
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
