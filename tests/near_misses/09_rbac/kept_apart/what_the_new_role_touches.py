"""Caught by: test_each_constraint_counts. It looks at constraints that the new role is part of, and at no other."""

from typing import Any


def may_assign(held: list[str], new: str, below: dict[str, list[str]], constraints: list[dict[str, Any]]) -> bool:
    """Return whether somebody who is assigned the roles in `held` may be assigned `new` as well."""
    if new not in below:
        return False

    gained = set(below[new])
    total = set(gained)
    for role in held:
        total |= set(below.get(role, [role]))

    for each in constraints:
        apart = set(each["roles"])
        if not gained & apart:
            continue
        if len(total & apart) >= each["n"]:
            return False
    return True
