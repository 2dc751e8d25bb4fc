"""Caught by: test_looking_at_the_page_changes_nothing. The filter is missing: what Alice is to scan is proposed to
everybody.
"""

import base64
import secrets


def set_up(factors, user, secret):
    factors.propose(user, secret)
    factors.rows.update_many({}, {"$set": {"proposed": secret}})


def new_secret(user: str) -> str:
    """Return the secret of a new app, in base32, without padding."""
    return base64.b32encode(secrets.token_bytes(20)).decode()
