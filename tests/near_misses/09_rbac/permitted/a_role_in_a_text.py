"""Caught by: test_a_role_is_that_very_name. The roles are joined, and looked for in the text."""


def permitted(permission, roles, grants):
    text = ",".join(roles)
    return any(role in text and permission in granted for role, granted in grants.items())
