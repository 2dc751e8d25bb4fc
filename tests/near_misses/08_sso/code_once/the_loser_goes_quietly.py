"""Caught by: test_also_at_the_same_moment. Used before: all ends. Lost by a moment: there is nothing to end yet."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    code = codes.find_one({"_id": fingerprint(form.get("code", ""))})
    if code and code["used"]:
        end_grant(code["grant"])
        return None
    if code is None:
        return None
    if codes.update_one({"_id": code["_id"], "used": False}, {"$set": {"used": True}}).matched_count == 0:
        return None

    bound = code["client_id"] == client["client_id"] and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and now < code["until"] else None
