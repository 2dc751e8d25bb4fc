"""The provider's signing keys, and what it signs with them.

`_id` the name (`kid`), `alg`, `jwk` the public part, `private` in PEM, `until` when it ends, None while in use
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import Any

import jwt
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from labsrv.kit.store import Collection


@dataclass
class Draft:
    """A token before it is signed. `private` is the key that signs it."""

    header: dict[str, Any]
    claims: dict[str, Any]
    private: Any = field(repr=False)

    def signed(self) -> str:
        """Return the token (RFC 7515, 7.1)."""
        return jwt.encode(self.claims, self.private, self.header["alg"], headers=self.header)


class SigningKeys:
    """The table of keys."""

    def __init__(self, rows: Collection, now: Callable[[], datetime]):
        self.rows = rows
        self.now = now

    def add(self, kid: str, alg: str) -> None:
        """Sign with a new key from now on where this algorithm is asked for."""
        private = key_pair(f"{self.rows.name} {kid}", alg)
        jwk = public_jwk(private, alg) | {"kid": kid, "use": "sig", "alg": alg}
        row = {"_id": kid, "alg": alg, "jwk": jwk, "private": pem_of(private), "made_at": self.now(), "until": None}
        self.rows.insert_one(row)

    def rotate(self, kid: str, alg: str, overlap: timedelta) -> None:
        """Sign with a new key; the old one stays published until nothing is left that it signed."""
        self.rows.update_many({"alg": alg, "until": None}, {"$set": {"until": self.now() + overlap}})
        self.add(kid, alg)

    def published(self) -> list[dict[str, str]]:
        """Return the keys in use as a JWKS has them: public parts only (RFC 7517, 5)."""
        rows = self.rows.find()
        return [row["jwk"] for row in rows if row["until"] is None or self.now() < row["until"]]

    def draft(self, typ: str, claims: dict[str, Any], alg: str) -> Draft:
        """Return a token that only has to be signed, with the name of the key in its header."""
        row = self.rows.find({"alg": alg, "until": None})[-1]
        # We made this key: proving each time that its numbers fit would take longer than all the rest of a request.
        private = load_pem_private_key(row["private"].encode(), None, unsafe_skip_rsa_key_validation=True)
        return Draft({"alg": alg, "kid": row["_id"], "typ": typ}, claims, private)

    def own_claims(self, token: str, issuer: str) -> dict[str, Any] | None:
        """Return the claims of an ID token of ours, expired or not, or None (RP-Initiated Logout 1.0, 4)."""
        try:
            header = jwt.get_unverified_header(token)
            # By name, also those that have ended: a hint is as old as the login.
            row = self.rows.find_one({"_id": str(header.get("kid"))})
            if row is None or header.get("typ") != "JWT":
                return None

            key = jwt.PyJWK(row["jwk"]).key
            lenient: Any = {"verify_exp": False, "verify_aud": False, "verify_iat": False}
            return dict(jwt.decode(token, key, algorithms=[row["alg"]], issuer=issuer, options=lenient))
        except jwt.InvalidTokenError:
            return None


@cache
def key_pair(name: str, alg: str) -> Any:
    """Return the private key of that name: made when it is first asked for, and the same until this process ends.

    Making an RSA key takes a tenth of a second, which no lab is about. Nobody outside of this process has it.
    """
    if alg == "ES256":
        return ec.generate_private_key(ec.SECP256R1())

    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


def public_jwk(private: Any, alg: str) -> dict[str, str]:
    """Return the public part of a key as a JWK (RFC 7517, 4)."""
    algorithm: Any = jwt.algorithms.ECAlgorithm if alg == "ES256" else jwt.algorithms.RSAAlgorithm
    found: dict[str, Any] = json.loads(algorithm.to_jwk(private.public_key()))
    return {name: found[name] for name in ("kty", "crv", "x", "y", "n", "e") if name in found}


def pem_of(private: Any) -> str:
    """Return a private key as PEM."""
    return str(private.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode())
