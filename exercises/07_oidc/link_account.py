"""Let nobody else into an account, and nobody be locked out of theirs.

Alice may add another way in to her account, and take one out. Mallory sits down at her computer and adds her own; or
she begins to add one, leaves the page open, and Alice ends it in her account. Mallory sends the form that takes
Alice's only way in out, and nobody gets into that account any more.

A way in is added to the account that asked for it, by somebody who has just shown who they are; and an account keeps
one.  (OWASP ASVS 5.0, 6.8.1, 7.5.1, 8.2.2 and 10.2.1; CWE-306, CWE-352, CWE-639)
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

    `identity` has `iss` and `sub`; rows of `identities` have `account` as well, and no two have the same `iss` and
    `sub`. `session` is that of the browser which brings the answer, or None; it has `_id`, `account` and `proved_at`,
    when somebody last showed who they are because the shop asked, or None. `transaction["link"]` is the `_id` of the
    session that asked for another way in, or None.
    """
    # TODO: Only if this very session asked, and somebody showed who they are less than five minutes before `now`. What
    # is another account's stays there, also if two accounts add it at the same moment. Otherwise it is False, and the
    # table as before. Whether one's own way in can be added once more is left to choose.
    if session is None:
        return False

    identities.update_one(identity, {"$set": {"account": session["account"]}}, upsert=True)
    return True


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    """Return whether an identity was taken out of an account."""
    # TODO: Only out of this account, and not the last one, also if two are taken out at the same moment. Otherwise it
    # is False, and the table as before.
    return identities.delete_one({"iss": identity["iss"], "sub": identity["sub"]}).deleted_count == 1
