"""Asks constraint by constraint; a role that is active already is not activated again."""


def may_activate(active, wanted, assigned, below, constraints):
    if wanted in active or assigned.count(wanted) == 0:
        return False
    for constraint in constraints:
        there = 0
        for role in dict.fromkeys(constraint["roles"]):
            if any(role == each or role in below.get(each, ()) for each in [wanted, *active]):
                there += 1
        if there > constraint["n"] - 1:
            return False
    return True
