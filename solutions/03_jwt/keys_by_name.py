"""Look for keys among your own."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    """Return the key of a token with this header, or None. Nobody has checked the header: it may say anything."""
    # A name is compared with names; it leads nowhere by itself.
    for key in keys.all():
        if key.kid == header.get("kid") and (key.until is None or keys.now() < key.until):
            return key

    return None
