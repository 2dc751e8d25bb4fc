"""Follow a hierarchy of roles downwards."""


def inherited(role: str, juniors: dict[str, list[str]]) -> list[str]:
    """Return the role and all roles below it, each once (INCITS 359, 5.2: general hierarchical RBAC)."""
    found: list[str] = []
    left = [role]
    while left:
        each = left.pop()
        # Two ways lead to the bottom of a diamond, and a circle has no bottom.
        if each not in found:
            found.append(each)
            left += juniors.get(each, [])
    return found
