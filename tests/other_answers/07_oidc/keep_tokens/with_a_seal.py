"""The number is drawn and has a seal behind it, by a key of this process; nobody needs to look at it."""

import hmac
import secrets

from labsrv.kit.fingerprints import fingerprint

KEY = secrets.token_bytes(32)


def new_number():
    drawn = secrets.token_urlsafe(24)
    return f"{drawn}.{hmac.new(KEY, drawn.encode(), 'sha256').hexdigest()}"


def cookie_of(number):
    never = {"httponly": True, "secure": True}
    return {"key": "__Host-sid", "value": number, "samesite": "lax", **never}


def keep_tokens(login, now):
    number = new_number()
    return {**login, "began_at": now, "_id": fingerprint(number), "kind": "session"}, cookie_of(number)
