"""Caught by: test_also_at_the_same_moment. Nobody comes between the look and the mark; not in this process."""

import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

ONE_AT_A_TIME = threading.Lock()


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    with ONE_AT_A_TIME:
        code = codes.find_one({"_id": fingerprint(form.get("code", ""))})
        if code:
            codes.update_one({"_id": code["_id"]}, {"$set": {"used": True}})
    if code is None:
        return None
    if code["used"]:
        end_grant(code["grant"])
        return None

    bound = code["client_id"] == client["client_id"] and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and now < code["until"] else None
