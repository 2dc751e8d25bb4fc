"""Caught by: test_one_of_the_roles_is_enough. The first role is the main one."""


def permitted(permission, roles, grants):
    return bool(roles) and permission in grants.get(roles[0], [])
