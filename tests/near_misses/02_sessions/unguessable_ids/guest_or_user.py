"""Caught by: test_an_id_tells_nothing_of_its_user. A letter for whoever reads the log says to all who is logged in."""

import hashlib
import secrets


def new_id(user: str | None) -> str:
    return f"{'g' if user is None else 'u'}{secrets.token_urlsafe(32)}"


def fingerprint(session_id: str) -> str:
    return hashlib.sha256(session_id.encode("utf-8", "surrogatepass")).hexdigest()
