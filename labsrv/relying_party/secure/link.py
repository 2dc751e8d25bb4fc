"""Let somebody log in to their account in another way from now on."""

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
