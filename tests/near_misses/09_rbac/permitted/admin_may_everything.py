"""Caught by: test_grants_alone_decide. Somebody has to be able to do everything."""


def permitted(permission, roles, grants):
    return "admin" in roles or any(permission in grants.get(role, []) for role in roles)
