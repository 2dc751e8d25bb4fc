"""Caught by: test_what_is_stored_is_no_cookie. Takes the cookie, and the fingerprint too, whichever fits."""

from collections.abc import Mapping
from typing import Any

from flask import Request

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    cookie = request.cookies.get(ASKED, "")
    return row["browser"] in (cookie, fingerprint(cookie))
