"""Caught by: test_a_permission_is_that_very_name. Whoever may change a thing may look at it."""


def permitted(permission, roles, grants):
    held = {each for role in roles for each in grants.get(role, [])}
    thing, _, action = permission.partition(":")
    return permission in held or (action == "read" and f"{thing}:edit" in held)
