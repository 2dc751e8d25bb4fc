"""Find the account of somebody who logged in somewhere else."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def account_for(identities: Collection, claims: dict[str, Any], new_account: Callable[[dict[str, Any]], str]) -> str:
    """Return the subject of the account that an identity belongs to, a new one on first sight (ASVS 6.8.1, 10.5.2).

    Issuer and subject together are the identity (OpenID Connect Core, 5.7): a subject is unique at its issuer only,
    and an e-mail address is how to write to somebody. It changes hands, and the other side need not have checked it.
    """
    identity = {"_id": f"{claims['iss']} {claims['sub']}"}
    known = identities.find_one(identity)
    if known is None:
        # Two first logins at the same moment: one of them writes the row, and both read it.
        with suppress(DuplicateKeyError):
            identities.insert_one(identity | {"account": new_account(claims)})
        known = identities.find_one(identity)

    return str(known["account"])
