"""Caught by: test_the_stolen_table_opens_nothing. The table does not show the ids; it shows them in base64."""

import base64
import secrets


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return base64.urlsafe_b64encode(session_id.encode()).decode()
