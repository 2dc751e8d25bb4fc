"""The moments are compared as numbers, the error says whose it may be, and what is put back is written anew."""

from datetime import datetime
from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.store import Collection


def link(
    identities: Collection,
    session: dict[str, Any] | None,
    transaction: dict[str, Any],
    identity: dict[str, str],
    now: datetime,
) -> bool:
    asked = session is not None and session["_id"] == transaction["link"]
    proved = session["proved_at"] if session and asked else None
    if session is None or proved is None or now.timestamp() - proved.timestamp() > 300:
        return False

    mine = {"iss": identity["iss"], "sub": identity["sub"], "account": session["account"]}
    try:
        identities.insert_one(dict(mine))
    except DuplicateKeyError:
        return identities.count_documents(mine) == 1
    return True


def unlink(identities: Collection, account: str, identity: dict[str, str]) -> bool:
    own = {**identity, "account": account}
    if identities.delete_one(own).deleted_count:
        if identities.find({"account": account}, limit=1):
            return True
        identities.insert_one(dict(own))
    return False
