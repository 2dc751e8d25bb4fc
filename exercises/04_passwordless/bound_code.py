"""Take a code for the login that it was made for.

Alice begins a login, and the shop begins a *challenge*: a row with her name and, sealed, her code. This shop looks
whether the code that was entered is one that it gave out. Mallory begins a login as Alice, another as herself, and
enters the code from her own mailbox for Alice's. It also leaves the row where it is, for as long as one likes.

Let a code open the challenge that it belongs to, once, for ten minutes.
(OWASP ASVS 5.0, 6.6.2, 6.5.1 and 6.5.5; CWE-639, CWE-294)
"""

from datetime import datetime

from labsrv.kit.store import Collection


def check_code(codes: Collection, challenge: str, sealed: str, now: datetime) -> str | None:
    """Return the user whom this code lets in, or None.

    `sealed` is the code that was entered, *sealed*: an HMAC of it (a hash with a key), the same for the same code.
    A row of `codes` has `_id` (its challenge), `user` (None for a stranger's), `code` (sealed as well) and
    `expires_at`. Guesses are counted elsewhere: a wrong one need not end the challenge.
    The store in five operations: docs/store.md.
    """
    # TODO: A code opens its own challenge, one time, and not after its time: not even for two at the same moment.
    if codes.find_one({"code": sealed}):
        row = codes.find_one({"_id": challenge})
        return row["user"] if row else None

    return None
