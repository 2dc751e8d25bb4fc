"""Caught by: test_a_key_that_has_ended_opens_nothing. It is good for as long as its end lies not behind us."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    for key in keys.all():
        if key.kid == header.get("kid") and (key.until is None or key.until >= keys.now()):
            return key
    return None
