"""Have a raise approved by somebody else than who prepared it.

Separation of duty is about people. Roles can be dropped and taken on, and a session can be ended: the name stays.
"""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    """Return whether the user may approve a raise, in whichever role and session they ask."""
    # Neither who prepared it, nor whose pay it is.
    return user["name"] not in (raise_["prepared_by"], raise_["owner"])
