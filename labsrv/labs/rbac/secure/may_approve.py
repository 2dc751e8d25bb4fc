"""Have a raise approved by somebody else than who prepared it."""

from typing import Any


def may_approve(raise_: dict[str, Any], user: dict[str, Any]) -> bool:
    """Return whether the user may approve a raise: a person is asked for, in whatever role or session (CWE-841).

    Nobody approves what they prepared, nor what they get.
    """
    return user["name"] not in (raise_["prepared_by"], raise_["owner"])
