import hmac
from collections.abc import Mapping
from typing import Any

from flask import Request

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    cookie = request.cookies.get(ASKED)

    # Fingerprint what the browser presents: what is stored is then of no use to whoever reads it.
    if cookie:
        return hmac.compare_digest(fingerprint(cookie), row["browser"])

    return False
