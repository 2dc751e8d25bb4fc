"""Keep a provider's tokens where no script, no page and no address has them: the shop is a backend for its pages."""

import secrets
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint


def keep_tokens(login: dict[str, Any], now: datetime) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the session's row, and the arguments of `set_cookie` (RFC 10017, 6.1; ASVS 7.2.4, 10.1.1).

    The cookie is a number and nothing else, drawn anew at each login. `login["tokens"]` stays in the row.
    """
    secret = secrets.token_urlsafe(32)
    row = login | {"_id": fingerprint(secret), "began_at": now}
    cookie = {
        "key": "__Host-sid",
        "value": secret,
        "path": "/",
        "secure": True,
        "httponly": True,
        "samesite": "Lax",
    }
    return row, cookie
