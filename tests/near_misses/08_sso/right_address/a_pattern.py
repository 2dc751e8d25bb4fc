"""Caught by: test_no_other_host_gets_the_code. All of it fits the registered one, taken for a pattern."""

import re
from typing import Any


def redirect_uri_for(client: dict[str, Any], asked: str | None) -> str | None:
    for each in client["redirect_uris"]:
        if re.fullmatch(each.replace("?", r"\?"), asked or ""):
            return asked

    return None
