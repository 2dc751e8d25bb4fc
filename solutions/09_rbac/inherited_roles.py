"""Find out what comes with a role."""


def inherited(role: str, juniors: dict[str, list[str]]) -> list[str]:
    """Return the role itself and all roles below it, as a list in any order."""
    found: list[str] = []
    left = [role]
    while left:
        each = left.pop()
        # Whoever has been here before is not asked again: that ends circles, and a diamond's ways are gone once.
        if each not in found:
            found.append(each)
            left.extend(juniors.get(each, []))
    return found
