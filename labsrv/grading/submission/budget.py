"""How much a grader reads of a submission, and how long it waits: for all answers to one check, and to all checks.

The limits of one process are in `sandbox/limits.py`; what all of a submission's processes may take together is in
`watchdog.py`.
"""

import time
from collections.abc import Iterator
from contextlib import contextmanager

CHECK_SECONDS = 20.0
TOTAL_SECONDS = 60.0
LARGEST_SUBMISSION = 1 << 20  # bytes of one file


class Budget:
    """Some seconds of waiting, which are at the same time a part of a larger `whole`."""

    def __init__(self, seconds: float, whole: "Budget | None" = None):
        self.seconds = seconds
        self.whole = whole
        self.spent = 0.0

    def left(self) -> float:
        """Return the seconds left, of this and of the whole."""
        return min(self.seconds - self.spent, self.whole.left() if self.whole else self.seconds)

    @contextmanager
    def spending(self) -> Iterator[None]:
        """Count the time that passes meanwhile, as it passes here: moving the lab's clock does not count."""
        began = time.monotonic()
        try:
            yield
        finally:
            self.spend(time.monotonic() - began)

    def spend(self, seconds: float) -> None:
        """Spend some seconds."""
        self.spent += seconds
        if self.whole:
            self.whole.spend(seconds)
