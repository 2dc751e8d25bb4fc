"""The exercise server: the trusted process of one exercise, which forks one for each check of each submission.

    fork server ──fork──▶ exercise server ──fork, per check──▶ a submission's process
                          imports all but the                  enters the sandbox, reads its order,
                          submission, once                     and imports the submission

No line of a submission runs here, or is even read: an order is received by the process that it is for, when that is
inside its sandbox. So each begins as a copy of the same process, with nothing of another submission in its memory, and
nothing says which check it is for. The next one enters its sandbox while a check is at work with this one.
"""

import contextlib
import gc
import os
import signal
import socket
import time
from collections.abc import Iterable
from functools import partial
from typing import Any, cast

from labsrv import labs
from labsrv.grading.forks.orders import ExerciseOrder
from labsrv.grading.sandbox import Sandbox
from labsrv.grading.submission import serve, template_cache
from labsrv.grading.submission.loading import import_the_rest
from labsrv.grading.submission.order import SubmissionOrder
from labsrv.grading.submission.serve import ShopUnderTest, speak_into
from labsrv.grading.system import channel

LARGEST_ORDER = 4 << 20
ELSEWHERE = "Elsewhere-5:45"  # ahead of UTC, as POSIX writes it
MOST_DESCRIPTORS = 1 << 16


def run(orders: socket.socket, output: int, order: ExerciseOrder) -> None:
    """Import what a submission needs, and always have a process ready for one, until the other side is gone."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    speak_into(output)
    close_all_but(orders.fileno())

    # Done once for all submissions: to import and to build takes longer than a check.
    be_elsewhere()
    import_the_rest(order["technique"], order["signatures"])
    shop = ShopUnderTest(order["technique"], order["signatures"])
    shop.build_ahead()

    sandbox = Sandbox(order["technique"], order["seconds"], order["without"])
    sandbox.settle()
    numbers = [known_as()]
    gc.collect()
    gc.freeze()  # what is there by now is left alone by every submission's garbage collector

    # The next process enters its sandbox while a check is at work with this one.
    while is_wanted(orders):
        reading, writing = os.pipe()
        sandbox.fork(partial(enter, orders, writing, numbers, shop, sandbox))
        os.close(writing)
        os.read(reading, 1)  # nothing comes: it ends when the child has got its order, or was killed
        os.close(reading)


def be_elsewhere() -> None:
    """Be in a time zone of its own, the same on every machine: a moment that leaves its zone out is wrong here."""
    os.environ["TZ"] = ELSEWHERE
    time.tzset()


def known_as() -> int:
    """Return this process's number as the system's /proc has it, whatever namespace we are in."""
    with contextlib.suppress(OSError, ValueError):
        return int(os.readlink("/proc/self"))
    return os.getpid()


def warm_up(techniques: Iterable[str] = ()) -> None:
    """Import what exercise servers of these lessons need, of all if none is named, and translate their pages."""
    template_cache.fill_cache(techniques or labs.techniques())


def is_wanted(orders: socket.socket) -> bool:
    """Return whether the other side is there: it says nothing, or has an order for us."""
    try:
        return bool(orders.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except BlockingIOError:
        return True


def enter(orders: socket.socket, waiting: int, numbers: list[int], shop: ShopUnderTest, sandbox: Sandbox) -> None:
    """Enter the sandbox before a word of a submission is read; answer an order with its layers; then serve it."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    numbers.append(known_as())
    close_all_but(orders.fileno(), waiting)
    sandbox.enter_all()

    order, (pipe, output) = answered(orders, numbers, sandbox)
    speak_into(output)
    close_all_but(pipe)
    with socket.socket(fileno=pipe) as connection:
        serve.run(connection, cast(SubmissionOrder, order), shop)


def answered(orders: socket.socket, numbers: list[int], sandbox: Sandbox) -> tuple[dict[str, Any], list[int]]:
    """Return the order and its descriptors, once it has been answered with the layers and the processes' numbers.

    The numbers are forgotten: they grow from check to check, and a submission can look at the frames below its own.
    """
    order = channel.receive(orders, LARGEST_ORDER)
    server, submission = numbers
    channel.send(orders, {"layers": sandbox.on, "missing": sandbox.missing, "submission": submission, "server": server})
    numbers.clear()
    return order


def close_all_but(*kept: int) -> None:
    """Close every descriptor but the standard ones and these: whatever else is open is nobody's business here."""
    first = 3
    for each in (*sorted(kept), min(os.sysconf("SC_OPEN_MAX"), MOST_DESCRIPTORS)):
        os.closerange(first, each)
        first = each + 1
