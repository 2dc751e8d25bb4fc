"""Find the key of a token among one's own."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    """Return the key of this name, from the fixed set, if it is in use (RFC 8725, 3.5; ASVS 9.1.3).

    `kid` is compared and never resolved; `jku`, `jwk`, `x5u` and `x5c` are the sender's word, and nobody asked.
    """
    for key in keys.all():
        if key.kid == header.get("kid") and (key.until is None or keys.now() < key.until):
            return key

    return None
