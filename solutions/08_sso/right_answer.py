"""Say no to a request in words that its sender can do something with."""

from typing import Any


def challenge_for(sent: bool, claims: dict[str, Any] | None, scope: str) -> tuple[int, dict[str, str]] | None:
    """Return status and parameters of `WWW-Authenticate: Bearer`, or None for a request that may go on.

    `sent` says whether there was a token, `claims` has those of a good one. RFC 6750, 3 and 3.1; ASVS 8.2.1, 10.3.2.
    """
    # Who has sent nothing has done nothing wrong, and is told nothing but what to send.
    if not sent:
        return 401, {}
    if claims is None:
        return 401, {"error": "invalid_token"}
    # Scopes are words: a part of one is not one, and each that is needed has to be there (RFC 6749, 3.3).
    words = claims.get("scope")
    if not isinstance(words, str) or scope not in words.split(" "):
        return 403, {"error": "insufficient_scope", "scope": scope}

    return None
