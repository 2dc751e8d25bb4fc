"""Keep tokens where no script has them: the shop is a backend for its pages."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the row of the session that begins with a login, and the arguments of Flask's `response.set_cookie`."""
    # The cookie is a number and nothing else: the provider's `sid` has other readers, and a token is worth something
    # by itself. `login["tokens"]` stays in the row.
    secret = secrets.token_urlsafe(32)
    row = login | {"_id": fingerprint(secret), "began_at": now}
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        # Whoever comes back from the provider comes from another site: a Strict cookie would stay behind.
        "samesite": "Lax",
    }
    return row, cookie
