"""Caught by: test_an_identity_stays_where_it_is. A person who is known moves to the account that has their address
now."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    same = accounts.find_one({"email": claims.get("email")}) if claims.get("email_verified") is True else None
    if known and same:
        return same["_id"]
    if known:
        return known["account"]
    if same and claims.get("email"):
        return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
