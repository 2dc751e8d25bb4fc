"""Caught by: test_a_role_is_that_very_name. hr-junior and hr-senior are HR."""


def permitted(permission, roles, grants):
    return any(
        permission in granted for name, granted in grants.items() for role in roles if role and role.startswith(name)
    )
