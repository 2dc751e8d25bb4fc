"""Ask on every way in.

The shop has a second factor at its front door. Mallory reads Alice's mail: a link logs her in. She chooses a new
password for Alice, and is in. She asks for a token, as the app on a phone does. Or she has a cookie that says *I was
here before*: one that she wrote herself, one from her own login, one off a laptop that Alice sold.

Whoever has an app is asked for a code on every way. A device on which both steps were made is spared after the
password, and only for that user, for thirty days.  (OWASP ASVS 5.0, 6.3.4 and 6.4.3; CWE-288, CWE-565)
"""

from datetime import datetime

from labsrv.kit.store import Collection


def needs_second_step(way: str, device_known: bool) -> bool:
    """Tell whether somebody with an app needs a code; `way` is "password", "link", "reset", "api", or new tomorrow."""
    # TODO: No way in is easier than the front door.
    return way == "password" and not device_known


def known_device(devices: Collection, cookie: str | None, user: str, now: datetime) -> bool:
    """Tell whether `user` has made both steps in this browser; `cookie` is what it brought, or None.

    When they did, the shop drew a cookie and kept a row in `devices`: {"_id": fingerprint(cookie), "user": their name,
    "until": thirty days later}. `fingerprint` is in labsrv/kit/fingerprints.py.
    The store in five operations: docs/store.md.
    """
    # TODO: Only a device that the shop gave a cookie is known, to this user, and while it holds.
    return cookie is not None
