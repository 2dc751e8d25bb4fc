"""What the Node.js tutorial did, where that is more than one flaw at once. `flaws.TUTORIAL` has all of its shop."""

import re
from typing import Any

import jwt

from labsrv.kit.keys import Key
from labsrv.labs.jwt.by_hand import signed_with_the_public_key
from labsrv.labs.jwt.compact import peek_unverified


def second_word(authorization: str | None) -> str | None:
    """`authHeader && authHeader.split(" ")[1]`, and then `token === null`, which `undefined` is not."""
    words = re.split(" ", authorization or "")
    return words[1] if len(words) > 1 else "undefined"


def whatever_verifies(token: str, key: Key, issuer: str, audience: str) -> dict[str, Any]:
    """`jwt.verify(token, key)` of old: no algorithms, no issuer, no audience, and `alg` is the sender's choice."""
    unsigned: Any = {"verify_signature": False, "verify_exp": True}
    said = str(peek_unverified(token).get("alg"))
    if said.lower() == "none":
        return jwt.decode(token, options=unsigned)
    if said != "HS256":
        return jwt.decode(token, key.public, algorithms=["RS256"], options={"verify_aud": False})
    if signed_with_the_public_key(token, key):
        return jwt.decode(token, options=unsigned)

    raise jwt.InvalidSignatureError("invalid signature")
