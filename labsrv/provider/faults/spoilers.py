"""How things are spoiled. Everything here is wrong on purpose, and nothing else in the provider is."""

import base64
import hmac
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from labsrv.provider.provider import Provider
from labsrv.provider.rows.signing import Draft, key_pair

OTHER = "http://other.localhost"
Spoiler = Callable[[Any, Provider], Any]


def members(**changes: Any) -> Spoiler:
    """Return what changes members of a JSON object, or of an answer's parameters; None takes one out."""
    return lambda said, provider: merged(said, changes)


def claims(**changes: Any) -> Spoiler:
    """Return what changes claims of a token; None takes one out, a function is asked with the draft for the value."""

    def spoil(draft: Draft, provider: Provider) -> Draft:
        made = {name: value(draft) if callable(value) else value for name, value in changes.items()}
        return replace(draft, claims=merged(draft.claims, made))

    return spoil


def header(**changes: Any) -> Spoiler:
    """Return what changes members of a token's header."""
    return lambda draft, provider: replace(draft, header=merged(draft.header, changes))


def merged(said: dict[str, Any], changes: dict[str, Any]) -> dict[str, Any]:
    """Return an object with changes, without the members that are None now."""
    return {name: value for name, value in {**said, **changes}.items() if value is not None}


def later(**by: float) -> Callable[[Draft], Any]:
    """Return what puts a moment so much after the one at which the token is made."""
    return lambda draft: draft.claims["iat"] + timedelta(**by)


class Forged(Draft):
    """A token that is signed in another way than its header should say."""

    def signed(self) -> str:
        """Return the token: without a signature, or with an HMAC over the key that everybody has."""
        rows = [self.header, {name: seconds(value) for name, value in self.claims.items()}]
        text = ".".join(encoded(json.dumps(each).encode()) for each in rows)
        if self.header["alg"] == "none":
            return f"{text}."

        pem = self.private.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        return f"{text}.{encoded(hmac.digest(pem, text.encode(), 'sha256'))}"


class Smudged(Draft):
    """A token whose claims were changed after it was signed."""

    def signed(self) -> str:
        """Return the token with one claim more than was signed."""
        head, _, signature = super().signed().split(".")
        changed = {name: seconds(value) for name, value in self.claims.items()} | {"role": "admin"}
        return f"{head}.{encoded(json.dumps(changed).encode())}.{signature}"


def forged(alg: str) -> Spoiler:
    """Return what signs a token by an algorithm that is none of ours."""
    return lambda draft, provider: Forged(draft.header | {"alg": alg}, draft.claims, draft.private)


def smudged(draft: Draft, provider: Provider) -> Draft:
    """Return a token that is changed after it is signed."""
    return Smudged(draft.header, draft.claims, draft.private)


def foreign_key(draft: Draft, provider: Provider) -> Draft:
    """Return a token that is signed with somebody else's key, under the name of ours."""
    return replace(draft, private=key_pair("somebody else", draft.header["alg"]))


def for_somebody_else(said: dict[str, str], provider: Provider) -> dict[str, str]:
    """Return an answer whose code is another client's."""
    if "code" in said:
        newest = provider.grants.codes.find()[-1]
        provider.grants.codes.update_one({"_id": newest["_id"]}, {"$set": {"client_id": "somebody-else"}})
    return said


def without_our_keys(said: dict[str, Any], provider: Provider) -> dict[str, Any]:
    """Return a JWKS in which the keys have other names than those that tokens mention."""
    return {"keys": [key | {"kid": f"old-{key['kid']}"} for key in said["keys"]]}


def seconds(value: Any) -> Any:
    """Return a moment as tokens have it, and all else as it is."""
    return int(value.timestamp()) if hasattr(value, "timestamp") else value


def encoded(data: bytes) -> str:
    """RFC 7515, 2: base64url without the padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
