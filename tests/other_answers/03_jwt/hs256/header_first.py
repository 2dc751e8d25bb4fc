"""Looks at the header before the signature, with match; compares with an HMAC object; the key is 64 bytes long."""

import base64
import binascii
import hashlib
import hmac
import json
import os


def octets(part: str) -> bytes:
    return base64.b64decode(part + "==="[: -len(part) % 4], altchars=b"-_")


def verify_hs256(token: str, key: bytes) -> bytes:
    match token.split("."):
        case [head, body, tag]:
            pass
        case _:
            raise ValueError("three parts")
    try:
        header = json.loads(octets(head).decode("utf-8"))
        given = octets(tag)
    except (binascii.Error, RecursionError) as error:
        raise ValueError("unreadable") from error
    match header:
        case {"crit": _}:
            raise ValueError("crit")
        case {"alg": "HS256"}:
            mac = hmac.new(key, digestmod=hashlib.sha256)
            mac.update(head.encode() + b"." + body.encode())
            if not hmac.compare_digest(mac.digest(), given):
                raise ValueError("signature")
            return octets(body)
    raise ValueError("alg")


def new_key() -> bytes:
    return os.urandom(64)
