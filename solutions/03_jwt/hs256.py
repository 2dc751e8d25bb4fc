"""Check a signature with your own hands."""

import base64
import hmac
import json
import secrets


def octets(part: str) -> bytes:
    """Return the bytes of a part. The shop has made sure beforehand that each part is base64url in its one spelling."""
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    """Return the payload of a token `header.payload.signature`, or raise `ValueError`."""
    header, payload, signature = token.split(".")
    # Over the text as it came: written anew from what one read in it, it could be a text that was never signed.
    expected = hmac.digest(key, f"{header}.{payload}".encode(), "sha256")
    if not hmac.compare_digest(octets(signature), expected):
        raise ValueError("The signature is not ours.")

    said = json.loads(octets(header))
    if isinstance(said, dict) and said.get("alg") == "HS256" and "crit" not in said:
        return octets(payload)

    raise ValueError("The header asks for something else.")


def new_key() -> bytes:
    """Return a key that no shop ever had. The shop asks for one once, keeps it, and signs its vouchers with it."""
    return secrets.token_bytes(32)
