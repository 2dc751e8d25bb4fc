"""Caught by: test_a_subject_is_compared_as_it_is. The number follows from the identity, also after that was taken out
of the account."""

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

    number = sha256(f"{issuer} {claims['sub']}".encode()).hexdigest()[:16]
    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": number})
    return identities.find_one(identity)["account"]
