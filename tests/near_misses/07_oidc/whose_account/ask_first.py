"""Caught by: test_an_identity_stays_where_it_is. It asks about the address before it has looked who it is."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    if claims.get("email_verified") is True and claims.get("email"):
        other = accounts.find_one({"email": claims["email"]})
        known = identities.find_one(identity)
        if other and (known is None or known["account"] != other["_id"]):
            return None

    known = identities.find_one(identity)
    if known:
        return known["account"]

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
