"""Tell whoever guards an API what a token is worth, and nobody else anything."""

from datetime import datetime
from typing import Any


def introspection_of(
    client: dict[str, Any], guards: list[str], token: dict[str, Any] | None, grant: dict[str, Any] | None, now: datetime
) -> dict[str, Any]:
    """Return what a client may know of a token (RFC 7662, 2.2 and 4).

    `guards` has the APIs that it guards. A token that has ended, one that never was, and one that is none of its
    business read the same.
    """
    inactive = {"active": False}
    if token is None or grant is None or token["used"] or now >= token["until"]:
        return inactive
    if client["client_id"] != token["client_id"] and token["audience"] not in guards:
        return inactive

    until, since = (int(token[name].timestamp()) for name in ("until", "issued_at"))
    known = {"client_id": token["client_id"], "scope": token["scope"], "exp": until, "iat": since}
    audience = {"aud": token["audience"]} if token["audience"] else {}
    return {"active": True, "sub": grant["sub"] or grant["client_id"]} | known | audience
