"""Calls between two processes, in both directions, over one connection.

    {"id": 7, "do": "store.run", "with": {…}}  ──▶
                                               ◀──  {"re": 7, "value": …}
                                               ◀──  {"re": 7, "raised": {"type": "KeyError", "message": "…"}}

Each frame is a BSON document, which begins with its own length. Several calls are on their way at a time, and a call
may call back before it answers: a call made on behalf of another says so (`"for": 7`), and who waits for that one
serves it. What the other side sends is data, never code: nothing is unpickled, a length is refused before anything of
that size is read, and only exceptions of a short list are raised again as themselves.
"""

import contextlib
import itertools
import math
import select
import socket
import struct
import sys
import threading
import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any, Self

import bson

from labsrv.kit.pipe.frames import LARGEST, Frames
from labsrv.kit.pipe.raised import RAISED_AGAIN, Gone, RemoteError, TooLarge, described, raised_again
from labsrv.kit.pipe.reading import Inbox, PipeReader

Document = dict[str, Any]
Served = dict[str, Callable[..., Any]]

WRITE_PATIENCE = 10

__all__ = ["RAISED_AGAIN", "Gone", "Peer", "RemoteError", "TooLarge"]


class Peer:
    """One end of a connection: `call` what the other side serves, and serve it what `serve` has.

    `read(n)` gives up to n bytes, none at the end; `write(bytes)` writes all of them. `Peer.over(socket)` and
    `Peer.over_streams(reading, writing)` make them. `largest` bounds one message, `most_received` all that come in.
    Calls are served by threads of its own; where it is not `attended`, by whoever calls `attend`, to begin with.
    """

    def __init__(
        self,
        read: Callable[[int], bytes],
        write: Callable[[bytes], Any],
        serve: Served | None = None,
        *,
        comes: Callable[[float], bool] | None = None,
        hang_up: Callable[[], None] = lambda: None,
        ended: Callable[[], None] = lambda: None,
        largest: int = LARGEST,
        most_received: float = math.inf,
        attended: bool = True,
    ):
        self.serve = serve or {}
        self.largest = largest
        self.gone: Gone | None = None
        self._write, self._hang_up, self._ended = write, hang_up, ended
        self._writing = threading.Lock()
        self._numbers = itertools.count(1)
        self._lock = threading.Lock()
        self._here = threading.local()
        self._at_end = threading.Event()
        # One thread reads at a time, whoever needs an answer; an attendant only where nobody does.
        frames = Frames(read, largest, most_received)
        self._reading = PipeReader(frames, comes, serve=self._serve, end=self._end, close=self._close)
        if attended:
            self._reading.turns.begin()

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

        options |= {"comes": waiting_on(connection), "hang_up": hang_up, "ended": connection.close}
        return cls(connection.recv, connection.sendall, serve, **options)

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

    def call(
        self, do: str, /, timeout: float | None = None, spared: Callable[[], float] = lambda: 0.0, **args: Any
    ) -> Any:
        """Return what the other side's `do` returns.

        Raises what it raised (`RemoteError`, or one of `RAISED_AGAIN`), `Gone`, `TooLarge` for arguments above the
        limit, or `TimeoutError` after `timeout` seconds; an answer that comes later is dropped. `spared` says how many
        seconds of those so far do not count.
        """
        # A call made while one is served goes to the thread that waits for that one: it needs no other to be free.
        until = None if timeout is None else time.monotonic() + timeout
        number = next(self._numbers)
        on_behalf = getattr(self._here, "serving", None)
        frame = self._frame({"id": number, "do": do, "with": args} | ({} if on_behalf is None else {"for": on_behalf}))
        inbox: Inbox = SimpleQueue()
        with self._lock:
            if self.gone:
                raise Gone(*self.gone.args)
            self._reading.waiting[number] = inbox

        # Sending may take as long as answering: who does not read is as slow as who does not write.
        try:
            self._send(frame, timeout)
            answer = self._reading.answer(number, inbox, until, spared)
        except (Empty, TimeoutError):
            raise TimeoutError(f"The other side did not answer {do!r} within {timeout} seconds.") from None
        finally:
            self._reading.waiting.pop(number, None)

        if "raised" in answer:
            raise raised_again(answer["raised"])
        return answer["value"]

    def close(self) -> None:
        """Hang up: whoever waits on either side gets `Gone`."""
        self._end("This side hung up.")

    def attend(self) -> None:
        """Serve calls until either side hangs up."""
        self._reading.turns.join()
        self._reading.attend(returning=False)

    def join(self) -> None:
        """Wait until either side hangs up."""
        self._at_end.wait()

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
        reason = ""
        try:
            self._write(frame)
        except (OSError, ValueError) as error:
            reason = f"The other side does not take what we send ({error})."
        finally:
            self._writing.release()
        if reason:
            self._end(reason)

    def _serve(self, frame: Document) -> None:
        """Serve one call."""
        before, self._here.serving = getattr(self._here, "serving", None), frame["id"]
        stop: BaseException | None = None
        try:
            served = self.serve.get(frame["do"])
            if served is None:
                raise LookupError(f"Nothing called {frame['do']!r} is served here.")
            answer = self._frame({"re": frame["id"], "value": served(**frame["with"])})
        except BaseException as error:  # SystemExit too: whatever a served function does, its caller gets an answer.
            answer = self._frame({"re": frame["id"], "raised": described(error)})
            stop = error if isinstance(error, KeyboardInterrupt) else None
        finally:
            self._here.serving = before
        self._send(answer)
        if stop:
            raise stop

    def _end(self, reason: str) -> None:
        """Hang up. Whoever reads closes the connection then; with nobody reading, that is done here."""
        with self._lock:
            if self.gone is None:
                self.gone = Gone(reason)
            waiting, self._reading.waiting = self._reading.waiting, {}
        for inbox in waiting.values():
            inbox.put(Gone(*self.gone.args))
        unread = self._reading.turns.end()
        self._hang_up()
        if unread:
            self._close()

    def _close(self) -> None:
        with self._writing:
            self._ended()
        self._at_end.set()


def waiting_on(connection: socket.socket) -> Callable[[float], bool]:
    """Return what waits, for some seconds at the most, until there is something to read, and tells whether there is."""
    if not hasattr(select, "poll"):
        return lambda seconds: bool(select.select([connection], [], [], seconds)[0])

    poll = select.poll()
    poll.register(connection, select.POLLIN)
    return lambda seconds: bool(poll.poll(seconds * 1000))
