"""Say who may have the session's cookie."""

from typing import Any


def cookie_settings() -> dict[str, Any]:
    """Return how the session's cookie is set."""
    # The name makes the browser insist on Secure, Path=/ and no Domain. Lax, since people follow links to the shop.
    return {"key": "__Host-sid", "secure": True, "httponly": True, "samesite": "Lax", "path": "/"}
