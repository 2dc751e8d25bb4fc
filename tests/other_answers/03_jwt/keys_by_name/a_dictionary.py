"""Makes a dictionary of the keys that have not ended, and asks first whether the name is a text."""

from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    now = keys.now()
    good = {key.kid: key for key in keys.all() if not key.until or key.until > now}
    kid = header.get("kid")
    return good.get(kid) if isinstance(kid, str) else None
