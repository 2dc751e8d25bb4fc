"""All conditions are in the filter of one operation; what does not fit is looked at again, for whether it was used."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    named = {"_id": fingerprint(form.get("code", "")), "client_id": client["client_id"]}
    fits = {"redirect_uri": form.get("redirect_uri"), "until": {"$gt": now}, "used": False}
    code = codes.find_one_and_update(named | fits, {"$set": {"used": True}})
    if code is None:
        again = codes.find_one(named | {"used": True})
        if again:
            end_grant(again["grant"])
    return code
