"""Looks the one row up in the table, by a name that is a text, and makes the key of it."""

from typing import Any

from labsrv.kit.keys import Key, Keys, public_key


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    match header:
        case {"kid": str(kid)}:
            row = keys.rows.find_one({"_id": {"$eq": kid}})
        case _:
            row = None
    if row is None:
        return None
    until = row["until"]
    if until is not None and (until - keys.now()).total_seconds() <= 0:
        return None
    return Key(kid, public_key(row["jwk"]), until)
