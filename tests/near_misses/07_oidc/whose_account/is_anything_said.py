"""Caught by: test_an_address_opens_nothing. Whatever a provider says of an address that is not false is taken for
yes."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    email = claims.get("email")
    if email and claims.get("email_verified") not in (False, None) and accounts.find_one({"email": email}):
        if claims["email_verified"] is True:
            return None
        identities.insert_one({**identity, "account": accounts.find_one({"email": email})["_id"]})
        return identities.find_one(identity)["account"]

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
