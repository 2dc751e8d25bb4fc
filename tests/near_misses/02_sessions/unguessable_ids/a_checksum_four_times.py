"""Caught by: test_a_row_is_not_found_by_chance. A name of 128 bits, of which 32 say all."""

import secrets
import zlib


def new_id(user):
    return secrets.token_urlsafe(32)


def fingerprint(session_id):
    return f"{zlib.crc32(session_id.encode()):08x}" * 4
