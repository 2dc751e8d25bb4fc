"""Caught by: test_alice_finishes_where_she_began. Compares the cookie with its fingerprint, and lets nobody finish."""

from collections.abc import Mapping
from typing import Any

from flask import Request

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    return request.cookies.get(ASKED) == row["browser"]
