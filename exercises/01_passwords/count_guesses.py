"""Count guesses where they cannot be hidden.

Mallory guesses. The shop counts by account: so she tries one password on every account, once. She comes from one
address and writes another into a header, which the shop believes. She sends two guesses at the same moment, and both
read the same number. And when she only wants to annoy Walter, she guesses badly until his account is shut: for him too.

Let an account be tried ten times in a quarter of an hour, and a source twenty times. A device that is known for this
account is counted by itself, ten times, and not with the others.  (OWASP ASVS 5.0, 6.1.1 and 6.3.1; CWE-307, CWE-645)
"""

from flask import Request

from labsrv.kit.attempts import Attempts

PER_ACCOUNT, PER_SOURCE = 10, 20


def source_of(request: Request) -> str:
    """Return where a request comes from; this shop stands behind no proxy."""
    # TODO: Somebody who sends other headers comes from where they came before. (X-Forwarded-For is a header in which a
    # proxy says for whom it asks. Flask has the address of the connection itself in `request.remote_addr`.)
    return request.headers.get("X-Forwarded-For", request.remote_addr)


def may_try(attempts: Attempts, name: str, source: str, device: str | None) -> bool:
    """Tell whether one more attempt may go on, before anything is hashed for it; `device` is None for unknown ones.

    labsrv/kit/attempts.py counts by kinds: "account", "source" and "device". `attempts.note(kind, who)` counts one more
    and returns how many there are now; `attempts.seen(kind, who)` counts none. A good login is forgiven by itself.
    """
    # TODO: Nobody gets more attempts than the two limits say, not even at the same moment; and whoever has a known
    # device is not shut out by what others do.
    if attempts.seen("account", name) >= PER_ACCOUNT:
        return False

    attempts.note("account", name)
    return True
