"""PyJWT has a function for base64url without padding; and what is no verifier at all is refused."""

import hashlib
import re

from jwt.utils import base64url_encode

VERIFIER = re.compile(r"[A-Za-z0-9._~-]{43,128}")


def code_challenge(verifier: str) -> str:
    if not VERIFIER.fullmatch(verifier):
        raise ValueError("That is no verifier (RFC 7636, 4.1).")

    hashed = hashlib.sha256()
    hashed.update(verifier.encode("ascii"))
    return base64url_encode(hashed.digest()).decode("ascii")
