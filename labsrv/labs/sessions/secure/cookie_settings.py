"""Send the session's cookie over a secure channel, to this host, and keep it from scripts and other sites."""

from typing import Any


def cookie_settings() -> dict[str, Any]:
    """Return the arguments of Flask's `set_cookie` (ASVS 3.3.1 to 3.3.4; RFC 6265bis, 4.1.3.2)."""
    return {"key": "__Host-sid", "secure": True, "httponly": True, "samesite": "Lax", "path": "/"}
