"""Caught by: test_nobody_loses_a_way_in. Whoever logs in by it must own it; so did somebody else."""

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

    identities.replace_one(identity, {**identity, "account": session["account"]}, upsert=True)
    return True


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    identities.insert_one(taken)
    return False
