"""Caught by: test_no_role_no_permission. Whoever has a role that nobody knows is an employee at least."""


def permitted(permission, roles, grants):
    return any(permission in grants.get(role, grants.get("employee", [])) for role in roles)
