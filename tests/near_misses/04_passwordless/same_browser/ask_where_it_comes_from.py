"""Caught by: test_nor_a_link_of_mallorys_that_alice_opens. The form comes from the shop's own page when Alice opened
the link herself."""

from collections.abc import Mapping
from typing import Any

from flask import Request

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    return request.headers.get("Sec-Fetch-Site") in ("same-origin", "none")
