"""Ordinary base64, whose two letters that no address has are replaced, and whose last sign is cut off."""

from base64 import b64encode
from hashlib import sha256

URL = str.maketrans({"+": "-", "/": "_"})


def code_challenge(verifier):
    return b64encode(sha256(bytes(verifier, "utf-8")).digest()).decode("ascii").translate(URL)[:43]
