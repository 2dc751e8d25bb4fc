"""Take an authorization code once, from the client that it was made for."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from labsrv.kit.fingerprints import fingerprint
from labsrv.kit.store import Collection


def redeem_code(
    codes: Collection, client: dict[str, Any], form: Mapping[str, str], now: datetime, end_grant: Callable[[str], None]
) -> dict[str, Any] | None:
    """Return the row of a code, or None (RFC 6749, 4.1.2, 4.1.3; ASVS 10.4.2, 10.4.3)."""
    # One operation marks the code as used and tells whether it was before: no two requests find it unused.
    code = codes.find_one_and_update({"_id": fingerprint(form.get("code", ""))}, {"$set": {"used": True}})
    if code is None:
        return None
    # Twice: one of the two is a thief, and nobody can tell which. What came of it ends with it.
    if code["used"]:
        end_grant(code["grant"])
        return None

    bound = code["client_id"] == client["client_id"] and code["redirect_uri"] == form.get("redirect_uri")
    return code if bound and now < code["until"] else None
