"""Caught by: test_a_verified_address_is_asked_about. It looks whether the address is verified, and not who says
so."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    if claims.get("email") and claims.get("email_verified") is True:
        same = accounts.find_one({"email": claims.get("email")})
        if same:
            identities.insert_one({**identity, "account": same["_id"]})
            return same["_id"]

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
