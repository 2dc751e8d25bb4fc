"""Is stricter: a header that brings a key along, or the way to one, finds none, whatever its name."""

from typing import Any

from labsrv.kit.keys import Key, Keys

BROUGHT = {"jwk", "jku", "x5u", "x5c", "x5t"}


def has_ended(keys: Keys, key: Key) -> bool:
    return key.until is not None and key.until <= keys.now()


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    if BROUGHT & header.keys():
        return None
    named = [key for key in keys.all() if key.kid == header.get("kid")]
    return next((key for key in named if not has_ended(keys, key)), None)
