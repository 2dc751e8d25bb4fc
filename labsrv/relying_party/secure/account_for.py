"""Find the account of whoever logged in elsewhere."""

import secrets
from contextlib import suppress
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def account_for(identities: Collection, accounts: Collection, issuer: str, claims: dict[str, Any]) -> str | None:
    """Return the account of an identity, a new one at first sight, or None where its owner has to be asked first.

    Issuer and subject together are the identity (OpenID Connect Core, 5.7; ASVS 6.8.1): a subject is unique at its
    issuer only, and an e-mail address is how to write to somebody.
    """
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return str(known["account"])

    # Whose address it is, every provider may say; who owns the account, only its owner shows, by logging in to it.
    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    # Two first logins at the same moment: one of them writes the row, and both read it.
    with suppress(DuplicateKeyError):
        identities.insert_one(identity | {"account": secrets.token_urlsafe(12)})
    return str(identities.find_one(identity)["account"])
