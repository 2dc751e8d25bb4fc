"""Caught by: test_the_stolen_table_opens_nothing. What stands in the table does not work as a cookie, as it stands."""

import secrets


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return session_id[::-1]
