"""Ask whether a role is granted a permission."""


def permitted(permission: str, roles: list[str], grants: dict[str, list[str]]) -> bool:
    """Return whether somebody who has these roles is granted this permission."""
    # `in` asks a list for a whole name; any() of no roles is False, which all() would not be.
    return any(permission in grants.get(role, []) for role in roles)
