"""The one zygote of this process, started on first need and ended with the process.

`hatch` starts it and imports next to nothing: called first, it lets the zygote import while the grader does.
"""

import atexit
import socket
import subprocess
import sys
import threading
from typing import TYPE_CHECKING

from labsrv.grading.processes import CAN_FORK, scrubbed

if TYPE_CHECKING:
    from labsrv.grading.branches import Branch, Zygote

Hatched = tuple[subprocess.Popen[bytes], socket.socket]
ONE_AT_A_TIME = threading.RLock()
hatched: Hatched | None = None
zygote: "Zygote | None" = None
given: "Branch | None" = None


def hatch() -> Hatched | None:
    """Start the zygote's process; return it with the channel to it, or None where the system can't fork."""
    global hatched
    with ONE_AT_A_TIME:
        if CAN_FORK and not (hatched and hatched[0].poll() is None):
            hatched = in_a_thread_that_stays()
        return hatched


def in_a_thread_that_stays() -> Hatched:
    """Start the process from a thread that lives as long as we do: its system ends it with the thread it came from."""
    if threading.current_thread() is threading.main_thread():
        return spawned()

    made: list[Hatched] = []
    done = threading.Event()

    def stay() -> None:
        made.append(spawned())
        done.set()
        made[0][0].wait()

    threading.Thread(target=stay, name="zygote's parent", daemon=True).start()
    done.wait()
    return made[0]


def spawned() -> Hatched:
    """Return a new zygote's process and the channel to it."""
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


def shared_zygote() -> "Zygote":
    """Return this process's zygote; a new one if the last has died."""
    from labsrv.grading.branches import Zygote

    global zygote
    with ONE_AT_A_TIME:
        if zygote is None or zygote.hatched is not hatch():
            zygote = Zygote(hatch())
            atexit.register(zygote.close)
        return zygote


def prepare() -> None:
    """Let the zygote start up, unless this process was given a branch of another one's."""
    if given is None:
        hatch()


def new_branch() -> "Branch":
    """Return a branch to fork hosts from: the one that this process was given, or a new one of its own zygote."""
    return given or shared_zygote().branch()


def adopt(branch: "Branch") -> None:
    """Fork hosts from this branch from now on: a runner is given one, and has no zygote."""
    global given
    given = branch
