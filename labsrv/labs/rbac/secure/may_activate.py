"""Activate a role in a session: one that is one's own, and that may stand beside those that are active."""

from typing import Any


def may_activate(
    active: list[str], wanted: str, assigned: list[str], below: dict[str, list[str]], constraints: list[dict[str, Any]]
) -> bool:
    """Return whether a role may become active (INCITS 359, AddActiveRole; 5.4: dynamic separation of duty).

    Judged is all that would be active in the end, with what comes with it.
    """
    if wanted not in assigned:
        return False

    acts = {each for role in [*active, wanted] for each in below.get(role, [role])}
    return all(len(acts & set(each["roles"])) < each["n"] for each in constraints)
