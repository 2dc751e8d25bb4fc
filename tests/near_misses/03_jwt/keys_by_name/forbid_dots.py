"""Caught by: test_a_name_leads_nowhere. Without `..` no path leads upwards; a file beside the keys needs none."""

from typing import Any

from labsrv.kit.keys import KEY_FOLDER, Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    kid = str(header.get("kid"))
    if ".." in kid or "/" in kid:
        return None
    return keys.from_pem(kid, keys.read_file(KEY_FOLDER + kid) or "")
