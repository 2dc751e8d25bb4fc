"""Each time is counted, and the first of them is the good one; a stranger's tries are not counted."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    row = codes.find_one_and_update(
        {"_id": fingerprint(form.get("code") or ""), "client_id": client["client_id"]},
        {"$inc": {"times": 1}, "$set": {"used": True}},
        return_document=True,
    )
    match row:
        case {"times": 1, "redirect_uri": there, "until": until} if there == form.get("redirect_uri") and until > now:
            return dict(row)
        case {"times": int(times), "grant": grant} if times > 1:
            end_grant(grant)
    return None
