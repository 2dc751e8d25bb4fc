"""Read a pipe: by whoever waits for an answer, or else by attendants, in turns (`turns.py`)."""

import contextlib
import time
from collections.abc import Callable
from queue import SimpleQueue
from typing import Any

from labsrv.kit.pipe.frames import Broken, Frames, understood
from labsrv.kit.pipe.turns import MOST_WAITING, Turns

Document = dict[str, Any]
# What comes for one call: its answer, calls on its behalf, what ended it; None for whoever may take the turn by now.
Inbox = SimpleQueue[Document | Exception | None]

HUNG_UP = "The other side hung up."
INTERRUPTED = "The one who reads was interrupted in the middle of a message."
FLOOD = f"The other side made more than {MOST_WAITING} calls without waiting for the answers."


class PipeReader:
    """What comes in over a pipe, brought to whom it is for.

    `comes(seconds)` waits until there is something to read, and tells whether there is; without it only attendants
    read. `serve` serves one call, `end` is told why there will be no more, `close` when nobody reads any more.
    """

    def __init__(
        self,
        frames: Frames,
        comes: Callable[[float], bool] | None,
        *,
        serve: Callable[[Document], None],
        end: Callable[[str], None],
        close: Callable[[], None],
    ):
        self.frames = frames
        self.comes = comes
        self.serve, self.end, self.close = serve, end, close
        self.waiting: dict[int, Inbox] = {}
        self.at_rest = False
        self.turns = Turns(self.attend, callers=comes is not None)

    def answer(self, number: int, inbox: Inbox, until: float | None, spared: Callable[[], float]) -> Document:
        """Return the answer to a call, and serve meanwhile what is asked on its behalf; time is up by `until`, later by
        the seconds that are `spared`.

        Raises what ended the pipe, and `TimeoutError` or `queue.Empty` when time is up.
        """
        while True:
            end = None if until is None else until + spared()
            leads = inbox.empty() and self.turns.take()
            found = self.lead(number, inbox, end) if leads else inbox.get(timeout=left(end))
            if isinstance(found, Exception):
                raise found
            if found and "re" in found:
                return found
            if found:
                self.serve(found)

    def lead(self, number: int, inbox: Inbox, until: float | None) -> Document | None:
        """Read until there is something for this call, and return it; None if it has been handed on already."""
        try:
            while inbox.empty():
                frame = self.next(until)
                if frame is None or frame.get("re", frame.get("for")) == number:
                    return frame
                self.hand_on(frame)
            return None
        except KeyboardInterrupt:
            if not self.at_rest:
                self.end(INTERRUPTED)
            raise
        finally:
            self.leave(number)

    def attend(self, returning: bool = True) -> None:
        """Be an attendant: read when nobody else does, and serve calls."""
        while (job := self.turns.stand_by(returning)) is not None:
            job = job or self.read_for_others()
            returning = not job
            if job:
                with contextlib.suppress(KeyboardInterrupt):  # raised by what was served, and answered
                    self.serve(job)

    def read_for_others(self) -> Document | None:
        """Read, and hand on what somebody waits for, who then takes the turn; return a call that is for nobody."""
        call = None
        try:
            while call is None and (frame := self.next(None)):
                inbox = self.inbox_for(frame)
                if inbox is not None:
                    inbox.put(frame)
                    if self.comes:
                        break
                elif "re" not in frame:
                    call = frame
            return call
        finally:
            self.leave(returns=call is None)

    def next(self, until: float | None) -> Document | None:
        """Return the next frame, or None at the end, when all are told; raises `TimeoutError`."""
        # Whatever goes wrong ends the pipe for everyone who waits on it; only the one whose time is up goes alone.
        reason = HUNG_UP
        try:
            while (frame := self.frames.next()) is None:
                if until is not None and not self.comes_by(until):
                    raise TimeoutError
                if not self.frames.more():
                    break
            if frame is not None:
                return understood(frame)
        except TimeoutError:
            raise
        except Broken as broken:
            reason = str(broken)
        except (OSError, ValueError):
            pass  # A reset, or a stream closed under us: gone is gone.
        self.end(reason)
        return None

    def comes_by(self, until: float) -> bool:
        """Wait until there is something to read. Only here may who reads be interrupted, and nothing is lost."""
        seconds = left(until)
        self.at_rest = True
        came = self.comes is None or self.comes(seconds)
        self.at_rest = False
        return came

    def hand_on(self, frame: Document) -> None:
        """Give a frame to whom it is for; an answer that nobody waits for is dropped."""
        inbox = self.inbox_for(frame)
        if inbox is not None:
            inbox.put(frame)
        elif "re" not in frame and not self.turns.give(frame):
            self.end(FLOOD)

    def inbox_for(self, frame: Document) -> Inbox | None:
        """Return the inbox of whoever waits for the call that a frame answers, or that it is made on behalf of."""
        return self.waiting.get(frame["re"] if "re" in frame else frame.get("for", 0))

    def leave(self, number: int = 0, *, returns: bool = False) -> None:
        """Leave the turn to the others who wait for answers, and to whoever stands by."""
        if self.turns.leave(returns):
            self.close()
        if len(self.waiting) > (number > 0):
            for other, inbox in list(self.waiting.items()):
                if other != number:
                    inbox.put(None)


def left(until: float | None) -> Any:
    """Return the seconds left until a moment of the monotonic clock, None for ever; raises `TimeoutError`."""
    if until is None:
        return None

    seconds = until - time.monotonic()
    if seconds <= 0:
        raise TimeoutError
    return seconds
