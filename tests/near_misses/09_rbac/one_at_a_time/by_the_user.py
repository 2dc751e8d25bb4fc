"""Caught by: test_people_take_on_their_roles. Whoever is assigned both may be neither."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted not in assigned:
        return False
    acts = {each for role in [*assigned, wanted] for each in below.get(role, [role])}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
