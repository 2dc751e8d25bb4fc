"""It looks, compares, and marks at the end; whoever changed the row has it, and whoever did not ends it all."""

import hmac
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    rows = codes.find({"_id": fingerprint(form.get("code", ""))}, limit=1)
    if not rows or rows[0]["client_id"] != client["client_id"]:
        return None

    (row,) = rows
    here = hmac.compare_digest(row["redirect_uri"].encode(), form.get("redirect_uri", "").encode())
    if not row["used"] and not (here and (row["until"] - now).total_seconds() > 0):
        return None
    if codes.update_one({"_id": row["_id"], "used": {"$ne": True}}, {"$set": {"used": True}}).modified_count == 1:
        return row

    end_grant(row["grant"])
    return None
