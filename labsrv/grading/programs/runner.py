"""The runner: a fork of the zygote in which pytest runs the checks that a notebook asked for, and which then ends.

It is a trusted parent like `authlab check` itself, and its imports are warm: a check takes a fifth of the time. The
kernel's modules, its clock and its labs are not here. Submissions are forked by a fork server, never from here:
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
from typing import cast

from labsrv import labs
from labsrv.grading.checks import neighbours
from labsrv.grading.checks.run import run as run_checks
from labsrv.grading.checks.run import run_part
from labsrv.grading.course import stubs
from labsrv.grading.course.exercises import find
from labsrv.grading.forks import exercise_server, shared
from labsrv.grading.forks.fork_server import ForkServer
from labsrv.grading.forks.orders import RunnerAnswer, RunnerOrder
from labsrv.grading.submission.serve import speak_into
from labsrv.grading.system.channel import receive, send


def warm_up(techniques: Iterable[str] = ()) -> None:
    """Import what pytest and the checks will ask for."""
    from _pytest.config import default_plugins

    for name in default_plugins:
        importlib.import_module(f"_pytest.{name}")
    importlib.import_module("labsrv.grading.course.progress")
    for technique in labs.techniques():
        labs.site_module(technique)  # what is decided there is imported by those who may know it
    exercise_server.warm_up(techniques)


def run(connection: int, output: int, fork_server: int) -> None:
    """Receive one order, prepare, wait for the word to go, carry the order out and answer."""
    os.setsid()
    gc.disable()  # it ends before garbage counts
    speak_into(output)
    with socket.socket(fileno=connection) as parent:
        order, _ = receive(parent)
        ours = ForkServer(socket.socket(fileno=fork_server), order["fork_server"])
        shared.use(ours)
        try:
            answer = carry_out(cast(RunnerOrder, order), lambda: wait_for_the_word(parent, ours))
        except Exception:
            answer = {"raised": traceback.format_exc()}
        close_output()
        send(parent, answer)
        ours.close()


def close_output() -> None:
    """Let go of what is printed into: its reader need not wait for this process to end."""
    sys.stdout.flush()
    sys.stderr.flush()
    silence = os.open(os.devnull, os.O_WRONLY)
    for each in (1, 2):
        os.dup2(silence, each)


def wait_for_the_word(parent: socket.socket, fork_server: ForkServer) -> None:
    """Return when the parent wants the answer; end this process if the parent is gone or has no need of it."""
    try:
        receive(parent)
    except (EOFError, OSError):
        fork_server.close()
        os._exit(0)


def carry_out(order: RunnerOrder, ready: Callable[[], None]) -> RunnerAnswer:
    """Return the reports that an order asks for, made in the surroundings that it names."""
    # Where `authlab check` would be, if the learner had called it in that folder.
    os.environ.clear()
    os.environ.update(order["env"])
    os.chdir(order["folder"])
    if hasattr(time, "tzset"):
        time.tzset()
    with contextlib.suppress(OSError):
        stubs.keep_all()

    # Built ahead: what is left to do after a save is to judge.
    wanted = find(order["name"])
    for technique in {each.technique for each in wanted}:
        neighbours.prepare(technique)
    if order["part"]:
        number, of = order["part"]
        return run_part(wanted[0], (number, of), ready)
    return {"reports": [report.as_json() for report in run_checks(wanted, ready=ready)]}
