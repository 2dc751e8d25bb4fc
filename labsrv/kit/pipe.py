"""Calls between two processes, in both directions, over one connection.

    {"id": 7, "do": "store.run", "with": {…}}  ──▶
                                               ◀──  {"re": 7, "value": …}
                                               ◀──  {"re": 7, "raised": {"type": "KeyError", "message": "…"}}

Each frame is a BSON document, which begins with its own length. Several calls are on their way at a time, and a call
may call back before it answers. What the other side sends is data, never code: nothing is unpickled, a length is
refused before anything of that size is read, and only exceptions of a short list are raised again as themselves.
"""

import contextlib
import itertools
import math
import socket
import struct
import sys
import threading
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, Self

import bson
from pymongo.errors import DuplicateKeyError

from labsrv.kit.mail_words import BadAddress
from labsrv.kit.mailboxes import Undelivered
from labsrv.kit.pipe_crew import MOST_WAITING, Crew
from labsrv.kit.pipe_frames import LARGEST, Broken, frames, understood
from labsrv.kit.store import StoreUnavailable

Document = dict[str, Any]
Served = dict[str, Callable[..., Any]]

LONGEST_MESSAGE = 2000
LONGEST_TYPE = 100
WRITE_PATIENCE = 10


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
        TooLarge,
        BadAddress,
        ValueError,
        KeyError,
        TypeError,
    )
}


class Peer:
    """One end of a connection: `call` what the other side serves, and serve it what `serve` has.

    `read(n)` gives up to n bytes, none at the end; `write(bytes)` writes all of them. `Peer.over(socket)` and
    `Peer.over_streams(reading, writing)` make them. `largest` bounds one message, `most_received` all that come in.
    """

    def __init__(
        self,
        read: Callable[[int], bytes],
        write: Callable[[bytes], Any],
        serve: Served | None = None,
        *,
        hang_up: Callable[[], None] = lambda: None,
        ended: Callable[[], None] = lambda: None,
        largest: int = LARGEST,
        most_received: float = math.inf,
    ):
        self.serve = serve or {}
        self.largest = largest
        self.most_received = most_received
        self.gone: Gone | None = None
        self._read, self._write, self._hang_up, self._ended = read, write, hang_up, ended
        self._writing = threading.Lock()
        self._numbers = itertools.count(1)
        self._waiting: dict[int, SimpleQueue[Any]] = {}
        self._lock = threading.Lock()
        self._crew = Crew(self._answer)
        self._listener = threading.Thread(target=self._listen, name="pipe", daemon=True)
        self._listener.start()

    @classmethod
    def over(cls, connection: socket.socket, serve: Served | None = None, **options: Any) -> Self:
        """Return a peer over a connected socket, which it closes."""
        connection.settimeout(None)
        if sys.platform != "win32":
            # Who never reads must not keep us writing for ever.
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, struct.pack("ll", WRITE_PATIENCE, 0))

        def hang_up() -> None:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)

        return cls(connection.recv, connection.sendall, serve, hang_up=hang_up, ended=connection.close, **options)

    @classmethod
    def over_streams(cls, reading: Any, writing: Any, serve: Served | None = None, **options: Any) -> Self:
        """Return a peer over two binary streams, such as a process's stdout and stdin."""

        def write(frame: bytes) -> None:
            writing.write(frame)
            writing.flush()

        def hang_up() -> None:
            with contextlib.suppress(OSError, ValueError):
                writing.close()

        read = getattr(reading, "read1", reading.read)
        return cls(read, write, serve, hang_up=hang_up, **options)

    def call(self, do: str, /, timeout: float | None = None, **args: Any) -> Any:
        """Return what the other side's `do` returns.

        Raises what it raised (`RemoteError`, or one of `RAISED_AGAIN`), `Gone`, `TooLarge` for arguments above the
        limit, or `TimeoutError` after `timeout` seconds; an answer that comes later is dropped.
        """
        number = next(self._numbers)
        frame = self._frame({"id": number, "do": do, "with": args})
        answers: SimpleQueue[Any] = SimpleQueue()
        with self._lock:
            if self.gone:
                raise Gone(*self.gone.args)
            self._waiting[number] = answers

        try:
            self._send(frame, timeout)
            answer = answers.get(timeout=timeout)
        except (Empty, TimeoutError):
            raise TimeoutError(f"The other side did not answer {do!r} within {timeout} seconds.") from None
        finally:
            self._waiting.pop(number, None)

        if isinstance(answer, Gone):
            raise Gone(*answer.args)
        if "raised" in answer:
            raise raised_again(answer["raised"])
        return answer["value"]

    def close(self) -> None:
        """Hang up: whoever waits on either side gets `Gone`."""
        self._end("This side hung up.")

    def join(self) -> None:
        """Wait until either side hangs up."""
        self._listener.join()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *raised: Any) -> None:
        self.close()

    def _frame(self, document: Document) -> bytes:
        frame = bson.encode(document)
        if len(frame) <= self.largest:
            return frame

        raise TooLarge(f"A message of {len(frame):,} bytes is larger than the {self.largest:,} that a pipe carries.")

    def _send(self, frame: bytes, timeout: float | None = None) -> None:
        if not self._writing.acquire(timeout=-1 if timeout is None else timeout):
            raise TimeoutError
        try:
            self._write(frame)
        except (OSError, ValueError) as error:
            self._end(f"The other side does not take what we send ({error}).")
        finally:
            self._writing.release()

    def _listen(self) -> None:
        """Take frames until the other side ends or breaks the rules."""
        reason = "The other side hung up."
        try:
            for frame in frames(self._read, self.largest, self.most_received):
                self._take(understood(frame))
        except Broken as broken:
            reason = str(broken)
        except (OSError, ValueError):
            pass  # A reset, or a stream closed under us: gone is gone.
        self._end(reason)
        with self._writing:
            self._ended()

    def _take(self, frame: Document) -> None:
        if "re" in frame:
            answers = self._waiting.pop(frame["re"], None)
            if answers is not None:
                answers.put(frame)
        elif not self._crew.give(frame):
            raise Broken(f"The other side made more than {MOST_WAITING} calls without waiting for the answers.")

    def _answer(self, frame: Document) -> None:
        """Serve one call."""
        try:
            served = self.serve.get(frame["do"])
            if served is None:
                raise LookupError(f"Nothing called {frame['do']!r} is served here.")
            answer = self._frame({"re": frame["id"], "value": served(**frame["with"])})
        except BaseException as error:  # SystemExit too: whatever a served function does, its caller gets an answer.
            answer = self._frame({"re": frame["id"], "raised": described(error)})
        self._send(answer)

    def _end(self, reason: str) -> None:
        with self._lock:
            if self.gone is None:
                self.gone = Gone(reason)
            waiting, self._waiting = self._waiting, {}
        for answers in waiting.values():
            answers.put(self.gone)
        self._crew.dismiss()
        self._hang_up()


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
