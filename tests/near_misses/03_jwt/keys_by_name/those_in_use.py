"""Caught by: test_a_new_key_disturbs_nobody. A key with an end is on its way out; tokens of it are out there still."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    for key in keys.all():
        if key.kid == header.get("kid") and key.until is None:
            return key
    return None
