"""Tell one browser from another before anybody has logged in."""

from typing import Any


def browser_cookie(value: str) -> dict[str, Any]:
    """Return the arguments of `set_cookie` (ASVS 3.3.1 to 3.3.4).

    Lax: whoever comes back from the provider comes from another site, by a link. A Strict cookie would stay behind.
    """
    return {
        "key": "__Host-browser",
        "value": value,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
