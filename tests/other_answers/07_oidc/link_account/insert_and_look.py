"""Several rows of an account are read at once; the limit is a moment before now."""

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
    if not session or transaction.get("link") != session["_id"]:
        return False
    if not session["proved_at"] or session["proved_at"] <= now - FRESH:
        return False

    known = identities.find_one({"iss": identity["iss"], "sub": identity["sub"]})
    if known is None:
        with suppress(DuplicateKeyError):
            identities.insert_one({"iss": identity["iss"], "sub": identity["sub"], "account": session["account"]})
    return identity in [
        {"iss": row["iss"], "sub": row["sub"]} for row in identities.find({"account": session["account"]})
    ]


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    ways = identities.find({"account": account})
    wanted = [way for way in ways if way["iss"] == identity["iss"] and way["sub"] == identity["sub"]]
    if len(ways) < 2 or not wanted:
        return False

    # Somebody else may be taking out the others.
    if identities.delete_one({"_id": wanted[0]["_id"]}).deleted_count == 0:
        return False
    if identities.count_documents({"account": account}) == 0:
        identities.insert_one(wanted[0])
        return False
    return True
