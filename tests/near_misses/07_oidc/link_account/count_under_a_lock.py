"""Caught by: test_of_all_at_once_one_stays. Nobody else counts meanwhile, in this process."""

import threading
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from pymongo.errors import DuplicateKeyError

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

    with suppress(DuplicateKeyError):
        identities.insert_one({**identity, "account": session["account"]})
    return bool(identities.find_one(identity)["account"] == session["account"])


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    own = {"iss": identity["iss"], "sub": identity["sub"], "account": account}
    with LOCK:
        if identities.count_documents({"account": account}) < 2:
            return False
        return identities.delete_one(own).deleted_count == 1
