"""Caught by: test_an_address_opens_nothing. Whoever has an address that is taken is kept out, be it verified or not:
anybody can do that to anybody."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    if claims.get("email") and accounts.find_one({"email": claims["email"]}):
        return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
