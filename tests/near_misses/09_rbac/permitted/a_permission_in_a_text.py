"""Caught by: test_a_permission_is_that_very_name. Joined with commas, as they stand in a token."""


def permitted(permission, roles, grants):
    return bool(permission) and any(permission in ",".join(grants.get(role, [])) for role in roles)
