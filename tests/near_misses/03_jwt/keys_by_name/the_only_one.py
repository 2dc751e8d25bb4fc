"""Caught by: test_without_its_name_no_key_is_found. There is one key, and where no name is said it can be no other."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    for key in keys.all():
        if header.get("kid") in (None, key.kid) and (key.until is None or keys.now() < key.until):
            return key
    return None
