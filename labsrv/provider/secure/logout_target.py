"""Send people on after log-out only to where the client said beforehand."""

from typing import Any


def logout_target(client: dict[str, Any] | None, asked: str | None) -> str | None:
    """Return where to go after log-out, or None (OpenID Connect RP-Initiated Logout 1.0, 3; CWE-601).

    Nobody knows whose address it is without a client; and it is compared character by character.
    """
    if client is not None and asked in client["post_logout_redirect_uris"]:
        return asked

    return None
