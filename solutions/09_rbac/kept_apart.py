"""Keep roles apart that nobody may have together."""

from typing import Any


def may_assign(held: list[str], new: str, below: dict[str, list[str]], constraints: list[dict[str, Any]]) -> bool:
    """Return whether somebody who is assigned the roles in `held` may be assigned `new` as well."""
    if new not in below:
        return False

    # What counts is the result: a set, so that what comes along twice is one role.
    has = {each for role in [*held, new] for each in below.get(role, [role])}
    return all(len(has.intersection(each["roles"])) < each["n"] for each in constraints)
