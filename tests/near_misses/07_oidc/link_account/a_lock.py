"""Caught by: test_of_two_who_ask_at_once_one_gets_it. One at a time, in this process; there is another one."""

import threading
from datetime import datetime, timedelta
from typing import Any

from labsrv.kit.store import Collection

FRESH = timedelta(minutes=5)
LOCK = threading.Lock()


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

    with LOCK:
        known = identities.find_one(identity)
        if known is None:
            identities.insert_one({**identity, "account": session["account"]})
        return known is None or bool(known["account"] == session["account"])


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    taken = identities.find_one_and_delete({"iss": identity["iss"], "sub": identity["sub"], "account": account})
    if taken is None:
        return False
    if identities.find_one({"account": account}):
        return True

    identities.insert_one(taken)
    return False
