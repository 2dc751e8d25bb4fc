"""Let nobody else into an account, and nobody be locked out of theirs."""

from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection

FRESH = timedelta(minutes=5)


def link(
    identities: Collection,
    session: dict[str, Any] | None,
    transaction: dict[str, Any],
    identity: dict[str, str],
    now: datetime,
) -> bool:
    """Return whether an identity belongs to the session's account from now on (ASVS 6.8.1, 7.5.1).

    It is linked to whoever asked for that, and not to whoever is logged in when the answer comes. `identity` has `iss`
    and `sub`; `session["proved_at"]` is when somebody showed who they are because the shop asked, or None.
    """
    if session is None or session["_id"] != transaction["link"]:
        return False
    if session["proved_at"] is None or now - session["proved_at"] >= FRESH:
        return False

    # An identity has one account: it is never taken from another one.
    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": session["account"]})
    return bool(identities.find_one(identity)["account"] == session["account"])


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    """Return whether an identity was taken out of this account, which keeps another way in (ASVS 6.8.1)."""
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    # Counted afterwards: of two that are taken out at the same moment, the last one is put back in any case.
    identities.insert_one(taken)
    return False
