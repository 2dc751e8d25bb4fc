"""Caught by: test_a_subject_is_compared_as_it_is. An address is given to somebody else one day, and the account with
it."""

import secrets
from contextlib import suppress
from hashlib import sha256

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    verified = claims.get("email_verified") is True and claims.get("email")
    number = sha256(verified.encode()).hexdigest()[:16] if verified else secrets.token_urlsafe(12)
    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": number})
    return identities.find_one(identity)["account"]
