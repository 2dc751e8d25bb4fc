"""Log people out when they want it, and not when a picture on somebody's page does."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    """Return whether to log out without asking (OpenID Connect RP-Initiated Logout 1.0, 2 and 6).

    `hint` has the claims of an ID token of ours, expired or not: whoever has it took part in this very login. Without
    one, or with one of another login or of another user, the user is asked.
    """
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])
