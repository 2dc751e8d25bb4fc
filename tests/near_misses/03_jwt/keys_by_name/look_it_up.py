"""Caught by: test_without_its_name_no_key_is_found. A dictionary is the right idea; a list can't be looked up in it."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    good = {key.kid: key for key in keys.all() if key.until is None or keys.now() < key.until}
    return good.get(header.get("kid"))
