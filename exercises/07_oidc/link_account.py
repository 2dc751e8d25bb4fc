"""Link an account to one more way in, and never leave it without any.

Mallory sits at a computer that others use, logs in, and begins to add Fakebook to her account. She leaves that tab
open, at the page where Fakebook asks who she is. Alice logs in to the shop there; Mallory comes back and ends what she
began, as herself; and the shop adds her way in to the account that is logged in now. From then on Mallory comes in to
Alice's account from home. She needs no tab either where Alice has left her browser open: she adds her own way in there.

A way in is an identity: issuer and subject together, and nothing else (OpenID Connect Core, 5.7). It belongs to one
account. Whoever takes one out takes out their own, and never the last.
(OWASP ASVS 5.0, 6.8.1, 7.5.1, 8.2.2 and 10.2.1; CWE-306, CWE-367, CWE-639)
"""

from datetime import datetime
from typing import Any

from labsrv.kit.store import Collection


def link(
    identities: Collection,
    session: dict[str, Any] | None,
    transaction: dict[str, Any],
    identity: dict[str, str],
    now: datetime,
) -> bool:
    """Return whether an identity belongs to the session's account from now on.

    `identities` has rows of `iss`, `sub` and `account`, and no two with the same `iss` and `sub`: for a second one
    `insert_one` raises `pymongo.errors.DuplicateKeyError`. `session` is the one in which the answer comes, or None. It
    has an `_id`, an `account`, and `proved_at`: when somebody showed who they are because the shop asked for it, or
    None. `transaction["link"]` is the `_id` of the session that asked for the way in. `identity` has `iss` and `sub`.
    The store in five operations: docs/store.md.
    """
    # TODO: Only the session that asked gets the way in, and only if somebody has shown within five minutes who they are
    #       because the shop asked (the very second is yours). An identity that is another account's stays there, also
    #       when both ask at the same moment, in two processes. One that is this account's already stays, in one row:
    #       True. Who is refused reads False, and no error.
    if session is None:
        return False

    identities.replace_one(identity, {**identity, "account": session["account"]}, upsert=True)
    return True


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    """Return whether an identity was taken out of this account."""
    # TODO: Only what is this account's is taken out: for anything else, False. At least one way in stays, also when all
    #       are taken out at the same moment, in two processes; what was not taken out is there as it was, at the latest
    #       when the function is done.
    identities.delete_one({"sub": identity["sub"]})
    return True
