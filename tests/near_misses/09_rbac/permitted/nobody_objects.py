"""Caught by: test_no_role_no_permission. No role without the permission is no reason to refuse."""


def permitted(permission, roles, grants):
    if not roles:
        return True
    return any(permission in grants.get(role, []) for role in roles)
