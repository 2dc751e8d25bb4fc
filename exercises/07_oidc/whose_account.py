"""Find the account of whoever logged in elsewhere.

Somebody logged in at a provider, and the shop looks for their account: by e-mail address, which everybody has, or by
the subject, which the provider calls unique. Mallory signs up at Fakebook with Alice's address; nobody looks there
whose it is. Her own provider says that the address is verified, and calls her by any subject that she likes.

Issuer and subject together say who it is, and nothing else does. An address is how to write to somebody.  (OpenID
Connect Core, 5.7; OWASP ASVS 5.0, 6.8.1; CWE-290)
"""

from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def account_for(identities: Collection, accounts: Collection, issuer: str, claims: dict[str, Any]) -> str | None:
    """Return the number of an account, or None where the owner of an account has to be asked first.

    `identities` has rows of `iss`, `sub` and `account`, of which no two have the same `iss` and `sub`; `accounts` has
    rows of `_id`, the account's number, and `email`. The shop writes the account's row itself, afterwards. For a second
    row with the same `iss` and `sub` the table raises `pymongo.errors.DuplicateKeyError`.
    The store in five operations: docs/store.md.
    """
    # TODO: Whoever was here before, by issuer and subject, character by character, finds their account, whatever else
    # the claims say by now. For whoever is new there is a row in `identities` and an account with a number that is
    # drawn. But where `email_verified` is True, which a text never is, and an account has that address already, return
    # None and write no row: the account's owner has to log in first. An address that is not verified is nobody's. Of
    # two who come for the first time at the same moment, with one identity, both find the same account.
    email = claims.get("email")
    known = accounts.find_one({"email": email}) if email else None
    if known:
        return str(known["_id"])

    row = identities.find_one({"sub": claims["sub"]})
    if row:
        return str(row["account"])

    account = fingerprint(claims["sub"])[:16]
    identities.insert_one({"iss": issuer, "sub": claims["sub"], "account": account})
    return account
