"""Caught by: test_a_page_of_mallorys_logs_nobody_in. Compares the cookie if there is one; a form from elsewhere
brings none."""

from collections.abc import Mapping
from typing import Any

from flask import Request

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    cookie = request.cookies.get(ASKED)
    return not cookie or fingerprint(cookie) == row["browser"]
