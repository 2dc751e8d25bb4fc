"""Caught by: test_a_role_is_that_very_name. A role that is not in the policy has no line there."""


def permitted(permission, roles, grants):
    return any(permission in grants[role] for role in roles)
