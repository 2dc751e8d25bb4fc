"""Caught by: test_also_at_the_same_moment. It is looked at, and marked when all is well."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    code = codes.find_one({"_id": fingerprint(form.get("code", ""))})
    if code is None:
        return None
    if code["used"]:
        end_grant(code["grant"])
        return None
    if code["client_id"] != client["client_id"] or code["redirect_uri"] != form.get("redirect_uri"):
        return None
    if now >= code["until"]:
        return None

    codes.update_one({"_id": code["_id"]}, {"$set": {"used": True}})
    return code
