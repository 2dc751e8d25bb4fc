"""Caught by: test_two_first_logins_come_to_one_account. The second one keeps the number that it drew, and another one
is in the table."""

import secrets
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

    number = secrets.token_urlsafe(12)
    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": number})
    return number
