"""Caught by: test_two_first_logins_come_to_one_account. Nothing was found, so there is nothing, a moment later."""

import secrets


def account_for(identities, accounts, issuer, claims):
    identity = {"iss": issuer, "sub": claims["sub"]}
    known = identities.find_one(identity)
    if known:
        return known["account"]

    email = claims.get("email") if claims.get("email_verified") is True else None
    if email and accounts.find_one({"email": email}):
        return None

    number = secrets.token_urlsafe(12)
    identities.insert_one({**identity, "account": number})
    return number
