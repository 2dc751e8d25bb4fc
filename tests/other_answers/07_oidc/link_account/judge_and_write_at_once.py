"""One operation finds or makes the row; what is to be taken out is marked first, and counts no more."""

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

    new = {"$setOnInsert": {"account": session["account"]}}
    try:
        row = identities.find_one_and_update(identity, new, upsert=True, return_document=True)
    except DuplicateKeyError:
        row = identities.find_one(identity)
    return row is not None and row["account"] == session["account"]


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    own = {"iss": identity["iss"], "sub": identity["sub"], "account": account}
    marked = {**own, "account": f"leaving {account}"}
    if identities.update_one(own, {"$set": {"account": marked["account"]}}).modified_count == 0:
        return False
    if identities.count_documents({"account": account}) == 0:
        identities.update_one(marked, {"$set": {"account": account}})
        return False

    return identities.delete_one(marked).deleted_count == 1
