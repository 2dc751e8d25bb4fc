"""Caught by: test_a_row_is_not_found_by_chance. It is called hash; it is for dictionaries, and has 64 bits."""

import secrets


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return str(hash(session_id))
