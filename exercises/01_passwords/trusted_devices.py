"""Trust what you gave out, and forgive no more than was earned.

Whoever logs in gets a cookie for the device, and from then on the device has a lane of its own: guesses from elsewhere
do not keep its owner out. But this shop believes any cookie, so Mallory writes a new one for each guess, or shows the
one that she got for her own account. And whenever somebody logs in, the shop forgets what came from their address: so
Mallory guesses nineteen times, logs in as herself, and goes on.

Know a device by a cookie that the shop gave out, and for the account that it was given for. Let a good login take back
itself.  (OWASP ASVS 5.0, 6.3.1; CWE-307, CWE-565)
"""

from labsrv.kit.attempts import Attempts
from labsrv.kit.store import Collection


def known_device(devices: Collection, cookie: str | None, name: str) -> str | None:
    """Return what the device is counted by, or None if this account has not logged in on it.

    For each cookie that the shop gave out, `devices` has a row: `_id`, the SHA-256 of the cookie in hexadecimal, as
    `hashlib.sha256(…).hexdigest()` writes it, and `user`, whose it is.
    The store in five operations: docs/store.md.
    """
    # TODO: A cookie that the shop did not give out for this account makes no device known.
    return cookie


def forgive(attempts: Attempts, name: str, source: str, device: str | None) -> None:
    """Take back what was counted: somebody has logged in as `name`, from `source`, on a known `device` or none.

    In labsrv/kit/attempts.py `forget` begins to count anew, and `take_back` counts one less.
    """
    if device:
        attempts.forget("device", device)
        return

    # TODO: The account begins anew. Of the source's attempts this one is taken back, and what others tried there stays.
    attempts.forget("account", name)
    attempts.forget("source", source)
