"""The zygote: a process with the libraries imported and nothing else, from which hosts are forked.

    grader ──open──▶ zygote ──fork──▶ workshop (imports the submission once) ──fork, per check──▶ host

A forked child can read all that its parent knew, so hosts come neither from a kernel nor from a grader. The zygote
runs no submission. Orphans come back to it (Linux), where the grader finds and ends them.

Messages are lines of JSON over a Unix socket; descriptors travel beside them.
"""

import contextlib
import ctypes
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

LARGEST_MESSAGE = 256 * 1024
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def say(channel: socket.socket, message: dict[str, Any], descriptors: list[int] | None = None) -> None:
    """Send one message with its descriptors."""
    line = json.dumps(message).encode() + b"\n"
    if descriptors:
        socket.send_fds(channel, [line[:1]], descriptors)
        line = line[1:]
    channel.sendall(line)


def hear(channel: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return the next message and its descriptors; raises `EOFError` when the other side is gone."""
    line, descriptors = b"", []
    while not line.endswith(b"\n"):
        part, received, _, _ = socket.recv_fds(channel, 65536, 4)
        line += part
        descriptors += received
        if not part or len(line) > LARGEST_MESSAGE:
            raise EOFError("the other side is gone")
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise EOFError("the other side talks nonsense") from None

    return (message if isinstance(message, dict) else {}), descriptors


def prctl(option: int, value: int) -> None:
    """Call Linux's prctl; elsewhere do nothing."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0)


def fork(work: Callable[[], None]) -> int:
    """Run `work` in a forked child that never returns into the caller's code; return its pid."""
    pid = os.fork()
    if pid:
        return pid

    status = 1
    try:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        work()
        status = 0
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def main() -> None:
    """Import what hosts need, then open a workshop for each order until the grader is gone."""
    from labsrv.grading import host

    channel = socket.socket(fileno=int(sys.argv[1]))
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's to decide upon
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the system
    with contextlib.suppress(OSError):  # a grader that has gone already is noticed below
        say(channel, {"ready": os.getpid()})

    while True:
        try:
            order, descriptors = hear(channel)
        except (EOFError, OSError):
            return
        orders, output = descriptors
        pid = fork(partial(enter, channel, orders, output, order, host))
        for each in descriptors:
            os.close(each)
        say(channel, {"pid": pid})


def enter(channel: socket.socket, orders: int, output: int, order: dict[str, Any], host: Any) -> None:
    """Become a workshop: leave the zygote's channel, and work."""
    channel.close()
    host.workshop(socket.socket(fileno=orders), output, order)


if __name__ == "__main__":
    main()
