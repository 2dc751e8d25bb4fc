"""It hashes by itself, and takes the first of several cookies of that name."""

import hashlib
from collections.abc import Mapping
from secrets import compare_digest
from typing import Any

from flask import Request

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    presented = next(iter(request.cookies.getlist(ASKED)), "")
    expected = str(row["browser"]).encode()
    return compare_digest(hashlib.sha256(presented.encode()).hexdigest().encode(), expected) and presented != ""
