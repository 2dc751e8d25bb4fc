"""Which roles would do? Then whether the user has one of them."""


def permitted(permission, roles, grants):
    would_do = {role for role, granted in grants.items() if granted.count(permission)}
    return not would_do.isdisjoint(roles)
