"""The keys that a site verifies tokens with, by name, and the other places where one might look for a key.

rows    the site's own keys; a row's `_id` is the key's name (`kid`), `until` when it ends, if it does
files   a pretend file system: a row's `_id` is a path. No file of this machine is ever opened
web     a pretend web: a row's `_id` is an address. No request ever leaves
errands which files were read and which addresses were fetched, in order
"""

import contextlib
import posixpath
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import jwt
from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from labsrv.kit.store import Store

KEY_FOLDER = "/srv/shop/keys/"


@dataclass(frozen=True)
class Key:
    """A public RSA key and its name. `until` is when it ends (aware, UTC), or None while it is in use."""

    kid: str
    public: RSAPublicKey = field(repr=False)
    until: datetime | None = None

    @property
    def pem(self) -> bytes:
        """Return the key as everybody may have it: PEM."""
        return self.public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


class Keys:
    """The keys of a site, and where else keys lie about."""

    def __init__(self, db: Store, now: Callable[[], datetime]):
        self.rows = db.keys
        self.files = db.files
        self.web = db.web
        self.errands = db.errands
        self.now = now

    def all(self) -> list[Key]:
        """Return every key that this site ever had, in the order in which they were made; also those that ended."""
        return [Key(row["_id"], public_key(row["jwk"]), row["until"]) for row in self.rows.find()]

    def signing(self) -> tuple[str, Any]:
        """Return the name and the private key that new tokens are signed with."""
        row = self.rows.find({"until": None})[-1]
        # We made this key: proving each time that its numbers fit would take longer than all the rest of a request.
        return row["_id"], load_pem_private_key(row["private"].encode(), None, unsafe_skip_rsa_key_validation=True)

    def published(self) -> list[dict[str, str]]:
        """Return the keys in use as a JWKS has them: public parts only (RFC 7517, 4)."""
        rows = [row for row in self.rows.find() if row["until"] is None or row["until"] > self.now()]
        return [row["jwk"] | {"kid": row["_id"], "use": "sig", "alg": "RS256"} for row in rows]

    def from_jwk(self, jwk: Any) -> Key | None:
        """Return the public key that a JWK describes, or None where it describes none."""
        with contextlib.suppress(jwt.PyJWTError, ValueError, TypeError, AttributeError):
            return Key(str(jwk.get("kid", "")), public_key(jwk))
        return None

    def from_pem(self, kid: str, text: str) -> Key | None:
        """Return the public key that a text in PEM has, or None where it has none."""
        with contextlib.suppress(ValueError, TypeError, UnsupportedAlgorithm):
            public = load_pem_public_key(text.encode())
            return Key(kid, public) if isinstance(public, RSAPublicKey) else None
        return None

    def read_file(self, path: str) -> str | None:
        """Return what the pretend file system has at a path, `..` and all, or None."""
        # POSIX leaves open what two slashes in front mean, and `normpath` leaves them; Linux takes them for one.
        path = posixpath.normpath(re.sub("^/+", "/", path))
        self.errands.insert_one({"read": path})
        row = self.files.find_one({"_id": path})
        return row["text"] if row else None

    def fetch(self, url: str) -> list[Key]:
        """Return the keys that the pretend web has at an address."""
        self.errands.insert_one({"fetched": url})
        row = self.web.find_one({"_id": url})
        found = [self.from_jwk(each) for each in (row or {}).get("keys", [])]
        return [key for key in found if key]


def public_key(jwk: dict[str, str]) -> RSAPublicKey:
    """Return the public key of an RSA JWK; raises `jwt.PyJWTError` or `ValueError`."""
    key = jwt.PyJWK(jwk, algorithm="RS256").key
    if isinstance(key, RSAPublicKey):
        return key

    raise ValueError("That is no public RSA key.")
