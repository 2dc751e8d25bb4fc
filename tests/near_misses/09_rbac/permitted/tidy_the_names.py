"""Caught by: test_a_role_is_that_very_name. Names are typed by people, who leave blanks and capitals."""


def permitted(permission, roles, grants):
    return any(permission in grants.get(role.strip().lower(), []) for role in roles)
