"""Caught by: test_nobody_works_an_id_out_of_its_row. No usual way of reading it works; the program knows the way."""

import secrets

KEY = 17


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return bytes(each ^ KEY for each in session_id.encode()).hex()
