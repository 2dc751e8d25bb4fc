"""It reads the issuer's rows and compares each; whoever says anything but false of an address that is taken is
asked."""

import secrets

from pymongo.errors import DuplicateKeyError


def account_for(identities, accounts, issuer, claims):
    found = account_in(identities, issuer, claims["sub"])
    if found is not None:
        return found
    if taken(accounts, claims.get("email"), claims.get("email_verified", False)):
        return None
    try:
        account = secrets.token_hex(16)
        identities.insert_one({"iss": issuer, "sub": claims["sub"], "account": account})
        return account
    except DuplicateKeyError:
        return account_in(identities, issuer, claims["sub"])


def account_in(identities, issuer, sub):
    for row in identities.find({"iss": issuer}):
        if row["sub"] == sub:
            return row["account"]
    return None


def taken(accounts, email, verified):
    if verified is False or verified is None or not isinstance(email, str) or not email.strip():
        return False
    return any(row.get("email", "").lower() == email.strip().lower() for row in accounts.find())
