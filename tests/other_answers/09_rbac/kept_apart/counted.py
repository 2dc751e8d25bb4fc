"""Constraint by constraint, and role by role; unknown roles are asked for last."""


def may_assign(held, new, below, constraints):
    for constraint in constraints:
        many = 0
        for role in set(constraint["roles"]):
            if any(role == each or role in below.get(each, ()) for each in (*held, new)):
                many += 1
        if many >= constraint["n"]:
            return False
    return new in below
