"""The zygote: a process with the libraries imported and nothing else, from which runners and hosts are forked.

    zygote ──fork──▶ runner (pytest, for one check that a notebook asked for)
       └─────fork──▶ branch ──fork──▶ workshop (an exercise's) ──fork, per check──▶ host

A forked child can read all that its parent knew, so hosts come neither from a kernel nor from a grader nor from a
runner. A branch is a zygote as well, for one run or one live lab: what the submission's processes leave behind comes
back to it (Linux), where the run finds and ends them, and nobody else's. Neither runs a submission, and neither is told
more than what to fork: orders with names in them go to the child itself.

Messages are lines of JSON over a Unix socket; descriptors travel beside them.
"""

import contextlib
import ctypes
import gc
import importlib
import json
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import cache, partial
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


def hear(channel: socket.socket, largest: int = LARGEST_MESSAGE) -> tuple[dict[str, Any], list[int]]:
    """Return the next message and its descriptors, and leave those that follow it.

    Raises `EOFError` when the other side is gone.
    """
    line, descriptors = b"", []
    while not line.endswith(b"\n"):
        waiting = channel.recv(65536, socket.MSG_PEEK)
        part, received, _, _ = socket.recv_fds(channel, waiting.find(b"\n") + 1 or max(len(waiting), 1), 4)
        line += part
        descriptors += received
        if not part or len(line) > largest:
            raise EOFError("the other side is gone")
    return understood(line), descriptors


def understood(line: bytes) -> dict[str, Any]:
    """Return a line as the message that it is, or raise `EOFError`."""
    try:
        message = json.loads(line)
    except (ValueError, RecursionError):
        raise EOFError("the other side talks nonsense") from None

    return message if isinstance(message, dict) else {}


def prctl(option: int, value: int) -> None:
    """Call Linux's prctl; elsewhere do nothing."""
    if sys.platform == "linux":
        libc().prctl(option, value, 0, 0, 0)


@cache
def libc() -> Any:
    """Return the C library of this process: loaded before anything is forked, and not by each child anew."""
    return ctypes.CDLL(None, use_errno=True)


def fork(work: Callable[[], None]) -> int:
    """Run `work` in a forked child that never returns into the caller's code; return its pid."""
    pid = os.fork()
    if pid:
        return pid

    status = 1
    try:
        prctl(PR_SET_PDEATHSIG, signal.SIGKILL)  # whoever forks here does so from its main thread, and lives as long
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        work()
        status = 0
    finally:
        with contextlib.suppress(Exception):
            sys.stderr.flush()
        os._exit(status)


def main() -> None:
    """Import what hosts need, then carry out orders until the process that started this one is gone."""
    from labsrv.grading.lean import be_lean

    be_lean("pymongo")
    from labsrv.grading import sandbox, workshop  # noqa: F401  (imported before the fork, with all that hosts need)

    sandbox.prepare()

    channel = socket.socket(fileno=int(sys.argv[1]))
    prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's to decide upon
    with contextlib.suppress(OSError):  # a grader that has gone already is noticed below
        say(channel, {"ready": os.getpid()})
    carry_out_orders(channel)


def carry_out_orders(channel: socket.socket) -> None:
    """Fork a child for each order until the other side is gone."""
    prctl(PR_SET_CHILD_SUBREAPER, 1)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the system
    while True:
        try:
            order, descriptors = hear(channel)
        except (EOFError, OSError):
            return

        if order["do"] in WARM_UP:
            warm_up(WARM_UP[order["do"]], order.get("techniques", []))
        work = CHILDREN.get(order["do"])
        pid = fork(partial(leave, channel, work, descriptors, order)) if work else 0
        for each in descriptors:
            os.close(each)
        say(channel, {"pid": pid})


def leave(channel: socket.socket, work: Callable[..., None], descriptors: list[int], order: dict[str, Any]) -> None:
    """Leave the zygote's channel to it, and work."""
    channel.close()
    work(descriptors, order)


def workshop(descriptors: list[int], order: dict[str, Any]) -> None:
    """Be a workshop."""
    from labsrv.grading import workshop

    orders, output = descriptors
    workshop.run(socket.socket(fileno=orders), output, order)


def branch(descriptors: list[int], order: dict[str, Any]) -> None:
    """Be a zygote for one run alone."""
    carry_out_orders(socket.socket(fileno=descriptors[0]))


def runner(descriptors: list[int], order: dict[str, Any]) -> None:
    """Be a runner."""
    from labsrv.grading import runner

    runner.run(*descriptors)


def warm_up(module: str, techniques: list[str]) -> None:
    """Import what runners or workshops need, once; every child's garbage collector leaves alone what is there then."""
    if not gc.get_freeze_count():
        importlib.import_module(module).warm_up(techniques)
        gc.collect()
        gc.freeze()


# Before what a process is made warm, by which module. Pytest, which runners need, makes every fork take longer.
WARM_UP = {"warm up": "labsrv.grading.workshop", "warm up runners": "labsrv.grading.runner"}
WARM_UP["runner"] = WARM_UP["warm up runners"]
CHILDREN: dict[str, Callable[..., None]] = {"workshop": workshop, "branch": branch, "runner": runner}


if __name__ == "__main__":
    main()
