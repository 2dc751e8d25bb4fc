"""Ask whether one of somebody's roles is granted a permission."""


def permitted(permission: str, roles: list[str], grants: dict[str, list[str]]) -> bool:
    """Return whether one of the roles is granted this very permission (INCITS 359, CheckAccess; ASVS 8.2.1)."""
    return any(permission in grants.get(role, []) for role in roles)
