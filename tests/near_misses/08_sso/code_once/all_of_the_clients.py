"""Caught by: test_what_came_of_it_ends. A client whose code was stolen has lost more than one: all of its end."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    code = codes.find_one_and_update({"_id": fingerprint(form.get("code", ""))}, {"$set": {"used": True}})
    if code is None:
        return None
    if code["used"]:
        for each in codes.find({"client_id": code["client_id"]}):
            end_grant(each["grant"])
        return None

    bound = code["client_id"] == client["client_id"] and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and now < code["until"] else None
