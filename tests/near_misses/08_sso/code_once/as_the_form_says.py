"""Caught by: test_it_is_for_one_client. The form says which client it is; where it does not, there is one way only."""

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

    named = form.get("client_id", code["client_id"])
    bound = code["client_id"] == named and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and now < code["until"] else None
