"""Each of 26 characters is chosen by `secrets` among 62."""

import secrets
import string

from labsrv.kit.fingerprints import fingerprint

LETTERS = string.ascii_letters + string.digits


def keep_tokens(login, now):
    value = "".join(secrets.choice(LETTERS) for _ in range(26))
    cookie = {"key": "__Host-sid", "value": value, "path": "/", "secure": True, "httponly": True, "samesite": "Lax"}
    return {"_id": fingerprint(value), "began_at": now, **login}, cookie
