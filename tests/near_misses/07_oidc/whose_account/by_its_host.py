"""Caught by: test_the_same_subject_elsewhere_is_somebody_else. It compares the issuers' hosts, without scheme and
port."""

import secrets
from contextlib import suppress
from urllib.parse import urlsplit

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    host = urlsplit(issuer).hostname
    for row in identities.find({"sub": claims["sub"]}):
        if urlsplit(row["iss"]).hostname == host:
            return row["account"]

    identity = {"iss": issuer, "sub": claims["sub"]}
    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": secrets.token_urlsafe(12)})
    return identities.find_one(identity)["account"]
