"""Caught by: test_it_is_good_once. What was used is remembered, and all that it led to ends; until the next update."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

USED = set()


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    code = codes.find_one({"_id": fingerprint(form.get("code", ""))})
    if code is None:
        return None
    if code["_id"] in USED:
        end_grant(code["grant"])
        return None

    USED.add(code["_id"])
    bound = code["client_id"] == client["client_id"] and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and now < code["until"] else None
