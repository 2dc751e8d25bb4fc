"""Goes through the grants in the place of the roles, and compares name by name."""


def permitted(permission: str, roles: list[str], grants: dict[str, list[str]]) -> bool:
    for role, granted in grants.items():
        if role not in roles:
            continue
        for each in granted:
            if each == permission:
                return True

    return False
