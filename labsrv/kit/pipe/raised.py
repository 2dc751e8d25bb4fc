"""What a call over a pipe raises, at the end where it was made."""

from typing import Any

from pymongo.errors import DuplicateKeyError

from labsrv.kit.http.transport import Unreachable
from labsrv.kit.mail.head import BadHeader
from labsrv.kit.mail.mailboxes import Undelivered
from labsrv.kit.store import StoreUnavailable

Document = dict[str, Any]

LONGEST_MESSAGE = 2000
LONGEST_TYPE = 100


class Gone(Exception):
    """The other side is not there any more, or spoke so that we hung up."""


class TooLarge(Exception):
    """A message is larger than a pipe carries."""


class RemoteError(Exception):
    """What the other side raised, when it is not one of `RAISED_AGAIN`."""

    def __init__(self, type: str, message: str):
        super().__init__(f"{type}: {message}")
        self.type = type
        self.message = message


RAISED_AGAIN: dict[str, type[Exception]] = {
    each.__name__: each
    for each in (
        DuplicateKeyError,
        StoreUnavailable,
        Undelivered,
        Unreachable,
        TooLarge,
        BadHeader,
        ValueError,
        KeyError,
        TypeError,
    )
}


def described(error: BaseException) -> Document:
    """Return what may be told of an exception: its type and its message, no traceback."""
    try:
        message = str(error.args[0] if isinstance(error, KeyError) and error.args else error)
    except Exception:
        message = "(It cannot be shown.)"
    return {"type": type(error).__name__, "message": message[:LONGEST_MESSAGE].encode(errors="replace").decode()}


def raised_again(raised: Document) -> Exception:
    """Return the exception to raise here for one that was raised there."""
    kind, message = raised["type"][:LONGEST_TYPE], raised["message"][:LONGEST_MESSAGE]
    if kind in RAISED_AGAIN:
        return RAISED_AGAIN[kind](message)

    return RemoteError(kind, message)
