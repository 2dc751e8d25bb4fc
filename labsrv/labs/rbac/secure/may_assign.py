"""Keep roles apart that nobody may have together: when they are assigned."""

from typing import Any


def may_assign(held: list[str], new: str, below: dict[str, list[str]], constraints: list[dict[str, Any]]) -> bool:
    """Return whether a user who holds these roles may get a new one (INCITS 359, 5.3: static separation of duty).

    Judged is what the user would have in the end, with all that comes with it.
    """
    if new not in below:
        return False

    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has & set(each["roles"])) < each["n"] for each in constraints)
