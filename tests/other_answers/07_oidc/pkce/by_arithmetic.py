"""The hash is a number, and its digits to the base of 64 are written down one by one, without any library for it."""

import hashlib
import string

LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


def code_challenge(verifier: str) -> str:
    number = int(hashlib.new("sha256", verifier.encode("latin-1")).hexdigest(), 16) << 2
    return "".join(LETTERS[number >> 6 * place & 63] for place in reversed(range(43)))
