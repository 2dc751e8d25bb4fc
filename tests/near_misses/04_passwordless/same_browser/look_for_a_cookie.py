"""Caught by: test_nor_a_link_of_mallorys_that_alice_opens. Any browser that ever asked for a link has one."""

from collections.abc import Mapping
from typing import Any

from flask import Request

ASKED = "__Host-asked"


def from_same_browser(row: Mapping[str, Any], request: Request) -> bool:
    return bool(request.cookies.get(ASKED))
