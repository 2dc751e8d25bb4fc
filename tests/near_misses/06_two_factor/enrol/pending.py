"""Caught by: test_bob_sets_up_his_first_app. It is noted beside the old one, in a field that nobody reads."""

import base64
import secrets


def set_up(factors, user, secret):
    factors.rows.update_one({"_id": user}, {"$set": {"pending": secret}}, upsert=True)


def new_secret(user: str) -> str:
    """Return the secret of a new app, in base32, without padding."""
    return base64.b32encode(secrets.token_bytes(20)).decode()
