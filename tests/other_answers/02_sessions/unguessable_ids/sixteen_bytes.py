"""As few bits as will do, in hexadecimal; rows have a prefix and half of another hash."""

import hashlib
import os


def new_id(user: str | None) -> str:
    return os.urandom(16).hex()


def fingerprint(session_id: str) -> str:
    digest = hashlib.sha512(b"session row " + session_id.encode("ascii")).digest()
    return "sid:" + digest[:32].hex()
