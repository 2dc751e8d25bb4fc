"""Caught by: test_a_name_leads_nowhere. The path stays below the folder of the keys, and the name still chooses a
file.
"""

import posixpath
from typing import Any

from labsrv.kit.keys import KEY_FOLDER, Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    kid = str(header.get("kid"))
    path = posixpath.normpath(KEY_FOLDER + kid)
    if not path.startswith(KEY_FOLDER):
        return None
    return keys.from_pem(kid, keys.read_file(path) or "")
