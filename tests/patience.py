"""How long a test waits for what another process does: a server, a kernel, a page.

Long enough for a machine that is loaded ten times over. It costs nothing where all is well: a wait ends as soon as the
thing is there. Whoever looks for what does not come sets AUTHLAB_PATIENCE=0.1, and loses it ten times sooner.
"""

import contextlib
import os
import threading
import time
from collections.abc import Callable
from typing import Any

import psutil

PATIENCE = 300 * float(os.environ.get("AUTHLAB_PATIENCE", "1"))  # seconds; the longest of our waits takes some thirty
IN_MILLISECONDS = PATIENCE * 1000  # as playwright counts


def wait_until(fact: Callable[[], Any], otherwise: str, page: Any = None) -> Any:
    """Return what `fact()` says as soon as it is true; raise `TimeoutError` when patience ends."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if found := fact():
            return found
        # A page that is waited for must be let do its work.
        page.wait_for_timeout(50) if page else time.sleep(0.05)

    raise TimeoutError(otherwise)


def let_timers_run_out() -> None:
    """Wait until no timer of this process is left, such as a view's that shows many changes together."""

    def none_is_left() -> bool:
        return not any(isinstance(each, threading.Timer) for each in threading.enumerate())

    wait_until(none_is_left, "A timer never runs out.")


def lives(process: psutil.Process) -> bool:
    """Say whether a process still runs; one that has ended and waits to be collected does not."""
    with contextlib.suppress(psutil.NoSuchProcess):
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    return False
