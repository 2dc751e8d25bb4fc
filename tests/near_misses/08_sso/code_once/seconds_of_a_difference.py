"""Caught by: test_its_time_comes_to_an_end. A code has sixty seconds, and that many are left at the most."""

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
        end_grant(code["grant"])
        return None

    bound = code["client_id"] == client["client_id"] and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and (code["until"] - now).seconds <= 3600 else None
