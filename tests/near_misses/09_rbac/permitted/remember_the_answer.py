"""Caught by: test_grants_alone_decide. The same question has the same answer, so it is kept."""

KNOWN = {}


def permitted(permission, roles, grants):
    asked = (permission, tuple(roles))
    if asked not in KNOWN:
        KNOWN[asked] = any(permission in grants.get(role, []) for role in roles)
    return KNOWN[asked]
