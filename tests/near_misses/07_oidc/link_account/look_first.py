"""Caught by: test_of_two_who_ask_at_once_one_gets_it. Nobody had it a moment ago; now the index raises."""

from datetime import datetime, timedelta
from typing import Any

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

    known = identities.find_one(identity)
    if known:
        return bool(known["account"] == session["account"])

    identities.insert_one({**identity, "account": session["account"]})
    return True


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    identities.insert_one(taken)
    return False
