"""The runner: a fork of the zygote in which pytest runs the checks that a notebook asked for, and which then ends.

It is a trusted parent like `authlab check` itself, and its imports are warm: a check takes a fifth of the time. The
kernel's modules, its clock and its labs are not here. Hosts are forked from a branch of the zygote, never from here:
this process knows the checks and what they draw.
"""

import contextlib
import gc
import importlib
import os
import socket
import sys
import time
import traceback
from collections.abc import Callable, Iterable
from typing import Any

from labsrv import labs
from labsrv.grading import checking, fixtures, stubs, workshop, zygotes
from labsrv.grading.branches import Branch
from labsrv.grading.course import find
from labsrv.grading.host import speak_into
from labsrv.grading.zygote import hear, say


def warm_up(techniques: Iterable[str] = ()) -> None:
    """Import what pytest and the checks will ask for."""
    from _pytest.config import default_plugins

    for name in default_plugins:
        importlib.import_module(f"_pytest.{name}")
    importlib.import_module("labsrv.grading.progress")
    for technique in labs.techniques():
        labs.site_module(technique)  # what is decided there is imported by those who may know it
    workshop.warm_up(techniques)


def run(channel: int, output: int, branch: int) -> None:
    """Hear one order, prepare, wait for the word, carry it out and answer."""
    os.setsid()
    gc.disable()  # it ends before garbage counts
    speak_into(output)
    with socket.socket(fileno=channel) as parent:
        order, _ = hear(parent)
        with_branch = Branch(socket.socket(fileno=branch), order["branch"])
        zygotes.adopt(with_branch)
        try:
            answer = carried_out(order, lambda: wait_for_the_word(parent, with_branch))
        except Exception:
            answer = {"raised": traceback.format_exc()}
        say_no_more()
        say(parent, answer)
        with_branch.close()


def say_no_more() -> None:
    """Let go of what is printed into: its reader need not wait for this process to end."""
    sys.stdout.flush()
    sys.stderr.flush()
    silence = os.open(os.devnull, os.O_WRONLY)
    for each in (1, 2):
        os.dup2(silence, each)


def wait_for_the_word(parent: socket.socket, branch: Branch) -> None:
    """Return when the parent wants the answer; end this process if the parent is gone or has no need of it."""
    try:
        hear(parent)
    except (EOFError, OSError):
        branch.close()
        os._exit(0)


def carried_out(order: dict[str, Any], ready: Callable[[], None]) -> dict[str, Any]:
    """Return the reports that an order asks for, made in the surroundings that it names."""
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["folder"])
    if hasattr(time, "tzset"):
        time.tzset()
    with contextlib.suppress(OSError):
        stubs.keep_all()

    wanted = find(order["name"])
    for technique in {each.technique for each in wanted}:
        fixtures.prepare(technique)
    if order["part"]:
        number, of = order["part"]
        return checking.run_part(wanted[0], (number, of), ready)
    return {"reports": [report.as_json() for report in checking.run(wanted, ready=ready)]}
