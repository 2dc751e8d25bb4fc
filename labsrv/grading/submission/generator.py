"""The system's random generator, as a submission meets it: a check may choose what it gives, and see what comes of it.

What Python has goes by here: `os.urandom`, and with it `secrets`, `uuid` and `random.SystemRandom`; `os.getrandom`; and
`ssl.RAND_bytes`. Whoever has other ways to the system's generator is not watched, and gets real random bytes.
"""

import os
import random
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import shake_256
from typing import Any

LONGEST = 4096  # bytes that a tape has; it then begins anew


class SystemGenerator:
    """Gives what the system gives, or what stands on a tape; `.taken` counts the bytes since the tape began."""

    def __init__(self) -> None:
        self.tape = b""
        self.taken = 0

    def watch(self) -> None:
        """Stand where the system's generator is asked for, from now on."""
        os.urandom = self.between(os.urandom)
        random._urandom = self.between(random._urandom)  # type: ignore[attr-defined]
        if hasattr(os, "getrandom"):
            os.getrandom = self.between(os.getrandom)
        if "ssl" in sys.modules:
            sys.modules["ssl"].RAND_bytes = self.between(sys.modules["ssl"].RAND_bytes)  # type: ignore[attr-defined]

    def between(self, really: Callable[..., bytes]) -> Callable[..., bytes]:
        """Return what is asked in the place of a function that gives random bytes."""

        def give(size: int, *flags: Any) -> bytes:
            return self.next(size) if self.tape else really(size, *flags)

        return give

    def next(self, size: int) -> bytes:
        """Return the next bytes of the tape."""
        begin = self.taken % LONGEST
        self.taken += size
        return (self.tape * (2 + size // LONGEST))[begin : begin + size]

    @contextmanager
    def playing(self, seed: bytes, flipped: int) -> Iterator[None]:
        """Give the tape of this seed with one bit flipped, or none where that is negative."""
        tape = bytearray(shake_256(seed).digest(LONGEST))
        if flipped >= 0:
            tape[flipped // 8] ^= 128 >> flipped % 8
        self.tape, self.taken = bytes(tape), 0
        try:
            yield
        finally:
            self.tape = b""


GENERATOR = SystemGenerator()
