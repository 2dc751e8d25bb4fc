"""Caught by: test_a_page_of_mallorys_logs_nobody_in. Nobody is let in whose browser has no cookie: the shop falls
over them.
"""

from collections.abc import Mapping
from typing import Any

from flask import Request

from labsrv.kit.fingerprints import fingerprint

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    return fingerprint(request.cookies.get(ASKED)) == row["browser"]
