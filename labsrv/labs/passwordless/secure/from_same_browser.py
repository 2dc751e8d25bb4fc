"""Let a link be finished where it was asked for."""

import hmac
from collections.abc import Mapping
from typing import Any

from flask import Request

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    """Return whether the request has the cookie that the asking browser got (ASVS 6.6.2)."""
    cookie = request.cookies.get(ASKED)

    if cookie:
        return hmac.compare_digest(fingerprint(cookie), row["browser"])

    return False
