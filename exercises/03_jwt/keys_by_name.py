"""Look for keys among your own.

A token says in its header which key it was signed with: `kid`, a name. The shop takes that name for the name of a
file. Or the header says where the key is to be found, on whose site ever. Or the key itself is in it, and the shop
verifies Mallory's signature with Mallory's key, and finds it right.

The shop has a fixed set of keys, each with a name, and some of them have ended.  (RFC 8725, 3.5 and 3.10; OWASP ASVS
5.0, 9.1.3; CWE-22, CWE-347, CWE-918)
"""

from typing import Any

from labsrv.kit.keys import KEY_FOLDER, Key, Keys


def find_key(keys: Keys, header: dict[str, Any]) -> Key | None:
    """Return the key of a token with this header, or None. Nobody has checked the header: it may say anything.

    `keys.all()` has the shop's own keys, `keys.now()` the time. A key has a name, `kid`; it ends at the moment
    `until`, if that is not None. `Key` and `Keys` are in labsrv/kit/keys.py.
    """
    # TODO: Return a key of the shop's own that has this name and has not ended, and look for keys nowhere else.
    if "jwk" in header:
        return keys.from_jwk(header["jwk"])
    if "jku" in header:
        return next(iter(keys.fetch(header["jku"])), None)

    kid = str(header.get("kid"))
    return keys.from_pem(kid, keys.read_file(KEY_FOLDER + kid) or "")
