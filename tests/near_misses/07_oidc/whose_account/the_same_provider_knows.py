"""Caught by: test_a_verified_address_is_asked_about. One and the same provider knows whose an address is, today."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    if claims.get("email_verified") is True and claims.get("email"):
        same = accounts.find_one({"email": claims["email"]})
        here = same and identities.find_one({"iss": issuer, "account": same["_id"]})
        if here:
            identities.insert_one({**identity, "account": same["_id"]})
            return same["_id"]
        if same:
            return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
