"""Link an account to one more way in, and never leave it without any."""

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
    """Return whether an identity belongs to the session's account from now on.

    It is linked to whoever asked for that, and not to whoever is logged in when the answer comes.
    """
    if session is None or session["_id"] != transaction["link"]:
        return False
    if session["proved_at"] is None or now - session["proved_at"] >= FRESH:
        return False

    # An identity has one account: it is never taken from another one. Whoever looks first and inserts afterwards looks
    # too early; the index judges at the moment of the insert.
    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": session["account"]})
    return bool(identities.find_one(identity)["account"] == session["account"])


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    """Return whether an identity was taken out of this account, which keeps another way in."""
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    # Counted afterwards: of two that are taken out at the same moment, the last one is put back in any case.
    identities.insert_one(taken)
    return False
