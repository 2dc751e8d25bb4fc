"""Caught by: test_a_key_that_has_ended_opens_nothing. A key's last moment is the first in which it is no longer
good.
"""

from datetime import timedelta
from typing import Any

from labsrv.kit.keys import Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    for key in keys.all():
        if key.kid == header.get("kid") and (key.until is None or keys.now() - key.until < timedelta(seconds=5)):
            return key
    return None
