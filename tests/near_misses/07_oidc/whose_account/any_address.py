"""Caught by: test_an_address_opens_nothing. An address is unique, so it seems, and everybody has one."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    same = accounts.find_one({"email": claims["email"]}) if claims.get("email") else None
    if same:
        return same["_id"]

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
