"""Caught by: test_without_its_name_no_key_is_found. Names of files have no case on some computers; keys' names do."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    for key in keys.all():
        if key.kid.lower() == str(header.get("kid")).lower() and (key.until is None or keys.now() < key.until):
            return key
    return None
