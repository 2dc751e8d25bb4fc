"""Caught by: test_the_last_way_in_stays. It is put back, and belongs to nobody."""

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
    if session is None or session["_id"] != transaction["link"]:
        return False
    if session["proved_at"] is None or now - session["proved_at"] >= FRESH:
        return False

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": session["account"]})
    return bool(identities.find_one(identity)["account"] == session["account"])


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    identities.insert_one(dict(identity))
    return False
