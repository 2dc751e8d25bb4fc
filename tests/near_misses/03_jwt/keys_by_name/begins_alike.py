"""Caught by: test_without_its_name_no_key_is_found. Names have been longer; a beginning is enough to tell them
apart.
"""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    for key in keys.all():
        if key.kid.startswith(str(header.get("kid") or "-")) and (key.until is None or keys.now() < key.until):
            return key
    return None
