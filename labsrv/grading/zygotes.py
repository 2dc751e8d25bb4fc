"""The one zygote of this process, started on first need and ended with the process.

`hatch` starts it and imports next to nothing: called first, it lets the zygote import while the grader does.
"""

import atexit
import socket
import subprocess
import sys
from functools import cache
from typing import TYPE_CHECKING

from labsrv.grading.processes import CAN_FORK, scrubbed

if TYPE_CHECKING:
    from labsrv.grading.workshops import Zygote


@cache
def hatch() -> tuple[subprocess.Popen[bytes], socket.socket] | None:
    """Start the zygote's process; return it with the channel to it, or None where the system can't fork."""
    if not CAN_FORK:
        return None

    channel, theirs = socket.socketpair()
    with theirs:
        process = subprocess.Popen(
            [sys.executable, "-I", "-m", "labsrv.grading.zygote", str(theirs.fileno())],
            env=scrubbed(),
            pass_fds=[theirs.fileno()],
            stdin=subprocess.DEVNULL,
            start_new_session=True,
        )
    return process, channel


@cache
def shared_zygote() -> "Zygote":
    """Return this process's zygote."""
    from labsrv.grading.workshops import Zygote

    zygote = Zygote(hatch())
    atexit.register(zygote.close)
    return zygote
