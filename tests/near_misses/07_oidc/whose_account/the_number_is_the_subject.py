"""Caught by: test_the_same_subject_elsewhere_is_somebody_else. Identities are kept apart, and their accounts have one
number."""

from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": claims["sub"]})
    return identities.find_one(identity)["account"]
