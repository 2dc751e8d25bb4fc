"""Caught by: test_the_same_subject_elsewhere_is_somebody_else. An issuer with a slash at its end is another
issuer."""

import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    rows = identities.find({"sub": claims["sub"]})
    for row in rows:
        if row["iss"].rstrip("/") == issuer.rstrip("/"):
            return row["account"]

    identity = {"iss": issuer, "sub": claims["sub"]}
    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
