"""Activate a role in a session: one's own, and not beside another that it is kept apart from."""

from typing import Any


def may_activate(
    active: list[str], wanted: str, assigned: list[str], below: dict[str, list[str]], constraints: list[dict[str, Any]]
) -> bool:
    """Return whether the role `wanted` may become active in a session in which those in `active` are."""
    if wanted not in assigned:
        return False

    # Static separation looks at the user, dynamic separation at the session: `assigned` has no part in what follows.
    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(len(acts.intersection(each["roles"])) < each["n"] for each in constraints)
