"""All that the roles are granted is collected first, and then asked."""


def permitted(permission, roles, grants):
    held = set()
    for role in roles:
        held.update(grants.get(role) or ())
    return permission in held
