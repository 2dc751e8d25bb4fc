"""Caught by: test_what_came_of_it_ends. It is taken away, and what it led to is remembered; until the next update."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection

GONE: dict[str, str] = {}


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    key = fingerprint(form.get("code", ""))
    code = codes.find_one_and_delete({"_id": key})
    if code is None:
        if key in GONE:
            end_grant(GONE[key])
        return None

    GONE[key] = code["grant"]
    bound = code["client_id"] == client["client_id"] and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and now < code["until"] else None
