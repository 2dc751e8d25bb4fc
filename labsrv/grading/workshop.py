"""The workshop: the trusted process of one submission, from which a host is forked for each check.

    branch ──fork──▶ workshop ──fork, per check──▶ warden ──fork──▶ host
                     imports all but the           watches          enters the sandbox, then
                     submission, once                               imports the submission

No line of the submission runs here. A workshop does not even read the orders for its hosts: the warden does. So every
host begins as a copy of the same process, alone on its side of the sandbox, and nothing tells it which check it is for.
The next host enters its sandbox while a check is at work with this one.
"""

import os
import signal
import socket
from functools import partial
from pathlib import Path
from typing import Any

from labsrv.grading import host, warden, zygote
from labsrv.grading.host import Shop, speak_into
from labsrv.grading.sandbox import Sandbox
from labsrv.grading.workpiece import import_the_rest


def run(orders: socket.socket, output: int, order: dict[str, Any]) -> None:
    """Import what a submission needs, and always have a host ready, until the other side is gone."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    speak_into(output)
    close_all_but(orders.fileno())
    order["source"] = Path(order["path"]).read_bytes()
    import_the_rest(order["technique"], order["stub"])
    shop = Shop(order["technique"], order["stub"])
    shop.build_ahead()

    sandbox = Sandbox(order["technique"], order["seconds"], order["without"])
    while is_wanted(orders):
        reading, writing = os.pipe()
        zygote.fork(partial(guard, orders, writing, order, shop, sandbox))
        os.close(writing)
        os.read(reading, 1)  # nothing comes: it ends when the host has got its order, or was killed
        os.close(reading)


def is_wanted(orders: socket.socket) -> bool:
    """Tell whether the other side is there: it says nothing, or has an order for us."""
    try:
        return bool(orders.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
    except BlockingIOError:
        return True


def guard(orders: socket.socket, waiting: int, order: dict[str, Any], shop: Shop, sandbox: Sandbox) -> None:
    """Be a warden: prepare a host, take an order for it, say which layers of the sandbox it is in, and keep watch."""
    ours, theirs = socket.socketpair()
    sandbox.before_the_fork()
    inside = zygote.fork(partial(enter, theirs, order, shop, sandbox))
    theirs.close()
    entered, _ = zygote.hear(ours)

    extra, (pipe, output) = zygote.hear(orders)
    zygote.say(ours, extra, [pipe, output])
    zygote.say(orders, entered | {"warden": os.getpid()})
    speak_into(output)
    close_all_but()
    warden.watch(inside)


def enter(door: socket.socket, order: dict[str, Any], shop: Shop, sandbox: Sandbox) -> None:
    """Enter the sandbox and say so, before a word of the submission is heard; wait for the order; then be a host."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    close_all_but(door.fileno())
    sandbox.after_the_fork()
    zygote.say(door, {"layers": sandbox.on, "missing": sandbox.missing})

    extra, (pipe, output) = zygote.hear(door)
    speak_into(output)
    close_all_but(pipe)
    with socket.socket(fileno=pipe) as connection:
        host.run(connection, order | extra, shop)


def close_all_but(*kept: int) -> None:
    """Close every descriptor but the standard ones and these: whatever else is open is nobody's business here."""
    bounds = [2, *sorted(kept), os.sysconf("SC_OPEN_MAX")]
    for before, after in zip(bounds, bounds[1:], strict=False):
        os.closerange(before + 1, after)
