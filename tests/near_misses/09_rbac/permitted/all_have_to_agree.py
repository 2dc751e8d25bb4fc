"""Caught by: test_people_do_their_work. Each of the roles has to be granted it."""


def permitted(permission, roles, grants):
    return bool(roles) and all(permission in grants.get(role, []) for role in roles)
