"""Caught by: test_no_key_is_brought_along. Keys from elsewhere are fetched and then thrown away."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    if "jku" in header:
        found = keys.fetch(str(header["jku"]))
        return next((key for key in found if "shop" in str(header["jku"]) and key.kid == header.get("kid")), None)
    for key in keys.all():
        if key.kid == header.get("kid") and (key.until is None or keys.now() < key.until):
            return key
    return None
