"""Caught by: test_the_same_subject_elsewhere_is_somebody_else. A subject is unique, says each provider of its own."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    known = identities.find_one({"sub": claims["sub"]})
    if known:
        return known["account"]

    identity = {"iss": issuer, "sub": claims["sub"]}
    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
