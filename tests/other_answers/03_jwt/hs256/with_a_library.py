"""The library verifies with a list of one algorithm; only the shape and `crit` are looked at by hand."""

import base64
import secrets

import jwt


def octets(part: str) -> bytes:
    return base64.urlsafe_b64decode(part + "=" * (-len(part) % 4))


def verify_hs256(token: str, key: bytes) -> bytes:
    try:
        if "crit" in jwt.get_unverified_header(token):
            raise ValueError("crit")
        payload: bytes = jwt.PyJWS().decode(token, key, algorithms=["HS256"])
    except (jwt.PyJWTError, RecursionError) as error:
        raise ValueError(str(error)) from error
    return payload


def new_key() -> bytes:
    return secrets.randbits(256).to_bytes(32, "big")
