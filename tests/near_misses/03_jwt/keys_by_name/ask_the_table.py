"""Caught by: test_without_its_name_no_key_is_found. The table finds the row of that name, or what else is asked."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    row = keys.rows.find_one({"_id": header.get("kid")}) if "kid" in header else None
    for key in keys.all():
        if row and key.kid == row["_id"] and (key.until is None or keys.now() < key.until):
            return key
    return None
