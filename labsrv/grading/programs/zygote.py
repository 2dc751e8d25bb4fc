"""The zygote: a process with the libraries imported and nothing else, from which runners and submissions are forked.

    zygote ──fork──▶ runner (pytest, for one check that a notebook asked for)
       └─────fork──▶ fork server ──fork──▶ exercise server ──fork, per check──▶ a submission's process

A forked child can read all that its parent knew, so submissions come neither from a kernel nor from a grader nor from a
runner. A fork server is a zygote as well, for one run or one live lab: what the submission's processes leave behind
comes back to it (Linux), where the run finds and ends them, and nobody else's. Neither runs a submission, and neither
learns more than what to fork: orders with names in them go to the child itself.
"""

import contextlib
import gc
import importlib
import os
import signal
import socket
import sys
from collections.abc import Callable
from functools import partial
from typing import Any

from labsrv.grading.system.channel import receive, send
from labsrv.grading.system.forking import adopt_orphans, end_with_parent, fork


def main() -> None:
    """Import what submissions need, then carry out orders until the process that started this one is gone."""
    from labsrv.grading.submission.partial_import import import_in_parts

    import_in_parts("pymongo")
    from labsrv.grading import sandbox
    from labsrv.grading.forks import exercise_server  # noqa: F401  (imported before the fork, with all it needs)

    sandbox.prepare()

    channel = socket.socket(fileno=int(sys.argv[1]))
    end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the grader's to decide upon
    with contextlib.suppress(OSError):  # a grader that has gone already is noticed below
        send(channel, {"ready": os.getpid()})
    carry_out_orders(channel)


def carry_out_orders(channel: socket.socket) -> None:
    """Fork a child for each order until the other side is gone."""
    adopt_orphans()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # children are reaped by the system
    while True:
        try:
            order, descriptors = receive(channel)
        except (EOFError, OSError):
            return

        if order["do"] in WARM_UP:
            warm_up(WARM_UP[order["do"]], order.get("techniques", []))
        # The number is kept nowhere: children have these frames below their own, and it grows with each of them.
        send(channel, {"pid": child_for(channel, order, descriptors)})


def child_for(channel: socket.socket, order: dict[str, Any], descriptors: list[int]) -> int:
    """Return the pid of the child that an order asks for, 0 if it asks for none; close what is the child's."""
    try:
        work = CHILDREN.get(order["do"])
        return fork(partial(leave, channel, work, descriptors, order)) if work else 0
    finally:
        for each in descriptors:
            os.close(each)


def leave(channel: socket.socket, work: Callable[..., None], descriptors: list[int], order: dict[str, Any]) -> None:
    """Leave the zygote's channel to it, and work."""
    channel.close()
    work(descriptors, order)


def serve_exercise(descriptors: list[int], order: Any) -> None:
    """Be an exercise server."""
    from labsrv.grading.forks import exercise_server

    orders, output = descriptors
    exercise_server.run(socket.socket(fileno=orders), output, order)


def serve_forks(descriptors: list[int], order: dict[str, Any]) -> None:
    """Be a zygote for one run alone."""
    carry_out_orders(socket.socket(fileno=descriptors[0]))


def run_checks(descriptors: list[int], order: dict[str, Any]) -> None:
    """Be a runner."""
    from labsrv.grading.programs import runner

    runner.run(*descriptors)


def warm_up(module: str, techniques: list[str]) -> None:
    """Import what runners or exercise servers need, once; no child's garbage collector looks at what is there then."""
    if not gc.get_freeze_count():
        importlib.import_module(module).warm_up(techniques)
        gc.collect()
        gc.freeze()


# Before what a process is made warm, by which module. Pytest, which runners need, makes every fork take longer.
WARM_UP = {"warm up": "labsrv.grading.forks.exercise_server", "warm up runners": "labsrv.grading.programs.runner"}
WARM_UP["runner"] = WARM_UP["warm up runners"]
CHILDREN: dict[str, Callable[..., None]] = {
    "exercise server": serve_exercise,
    "fork server": serve_forks,
    "runner": run_checks,
}


if __name__ == "__main__":
    main()
