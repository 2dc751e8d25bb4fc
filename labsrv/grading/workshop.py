"""The workshop: the trusted process of one submission, from which a host is forked for each check.

    branch ──fork──▶ workshop ──fork, per check──▶ warden ──fork──▶ host
                     imports all but the           watches          enters the sandbox, then
                     submission, once                               imports the submission

No line of the submission runs here. A workshop does not even read the orders for its hosts: the warden does. So every
host begins as a copy of the same process, alone on its side of the sandbox, and nothing tells it which check it is for.
"""

import json
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
    """Import what a submission needs, and fork a warden whenever there is an order, until the other side is gone."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    speak_into(output)
    close_all_but(orders.fileno())
    order["source"] = Path(order["path"]).read_bytes()
    import_the_rest(order["technique"], order["stub"])
    shop = Shop(order["technique"], order["stub"])
    shop.build_ahead()

    sandbox = Sandbox(order["technique"], order["seconds"], order["without"])
    while orders.recv(1, socket.MSG_PEEK):
        reading, writing = os.pipe()
        zygote.fork(partial(guard, orders, order, shop, sandbox))
        os.close(writing)
        os.read(reading, 1)  # nothing: it ends when the order was taken and answered
        os.close(reading)


def guard(orders: socket.socket, order: dict[str, Any], shop: Shop, sandbox: Sandbox) -> None:
    """Be a warden: take the order, fork the host, say which layers of the sandbox it is in, and watch over it."""
    extra, (pipe, output) = zygote.hear(orders)
    sandbox.before_the_fork()
    entered, entering = os.pipe()
    inside = zygote.fork(partial(enter, entering, pipe, output, order | extra, shop, sandbox))
    speak_into(output)
    os.close(entering)
    zygote.say(orders, json.loads(os.read(entered, 4096) or b"{}") | {"pids": [os.getpid(), inside]})
    close_all_but()
    warden.watch(inside)


def enter(entering: int, pipe: int, output: int, order: dict[str, Any], shop: Shop, sandbox: Sandbox) -> None:
    """Enter the sandbox and say so, before a word of the submission is heard; then be a host."""
    os.setsid()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    speak_into(output)
    sandbox.after_the_fork()
    os.write(entering, json.dumps({"layers": sandbox.on, "missing": sandbox.missing}).encode())
    close_all_but(pipe)
    with socket.socket(fileno=pipe) as connection:
        host.run(connection, order, shop)


def close_all_but(*kept: int) -> None:
    """Close every descriptor but the standard ones and these: whatever else is open is nobody's business here."""
    bounds = [2, *sorted(kept), os.sysconf("SC_OPEN_MAX")]
    for before, after in zip(bounds, bounds[1:], strict=False):
        os.closerange(before + 1, after)
