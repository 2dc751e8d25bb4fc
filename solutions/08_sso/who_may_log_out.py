"""Log people out when they want it, and send them on only to where the application said beforehand."""

from typing import Any


def may_log_out(session: dict[str, Any], hint: dict[str, Any] | None) -> bool:
    """Return whether to log out without asking (OpenID Connect RP-Initiated Logout 1.0, 2 and 6)."""
    # Whoever has an ID token of this very login took part in it. Anybody can write a link without one, and Mallory has
    # one of her own.
    return hint is not None and (hint.get("sub"), hint.get("sid")) == (session["sub"], session["sid"])


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    """Return where to go after log-out, or None (OpenID Connect RP-Initiated Logout 1.0, 3; CWE-601)."""
    # Nobody knows whose address it is without a client; and it is compared character by character.
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
