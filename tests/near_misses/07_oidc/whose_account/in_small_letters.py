"""Caught by: test_a_subject_is_compared_as_it_is. Subjects differ in their case (OpenID Connect Core, 2)."""

import re
import secrets
from contextlib import suppress

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    like = re.compile(f"^{re.escape(claims['sub'])}$", re.IGNORECASE)
    for row in identities.find({"iss": issuer}):
        if like.match(row["sub"]):
            return row["account"]

    identity = {"iss": issuer, "sub": claims["sub"]}
    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
