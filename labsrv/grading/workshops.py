"""Where hosts come from: a workshop, forked from a branch of the zygote; a new process each where nothing can fork.

branch = new_branch()                                 once per run
piece = branch.open("sessions", path, stub)           once per submission: a workpiece in its exercise's workshop
host = piece.fork(lab)                                per check
"""

import base64
import contextlib
import math
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labsrv.grading import zygote
from labsrv.grading.course import root
from labsrv.grading.hosts import IMPORT_SECONDS, Host, Output, serving
from labsrv.grading.patience import LARGEST_SUBMISSION, TOTAL_SECONDS, Patience
from labsrv.grading.processes import end_tree, scrubbed
from labsrv.grading.replies import number, shown
from labsrv.grading.workpiece import Problem
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.pipe.peer import Gone, Peer, RemoteError

if TYPE_CHECKING:
    from labsrv.grading.branches import Branch

ORDER_SECONDS = 60.0  # to have a host forked, by processes that are ours: long only where the machine is overrun

Order = dict[str, Any]


class Workpiece:
    """A submission in its workshop. `problem` is what keeps it from being used, as soon as that is known.

    `layers` names the layers of the sandbox that its first host was in, `missing` says of the others why not.
    """

    def __init__(self, workshop: Callable[[], "Workshop"], path: Path, source: bytes | Problem, order: Order):
        self.workshop = workshop
        self.path = path
        self.problem = source if isinstance(source, Problem) else None
        self.order = {"path": str(path), **{name: order[name] for name in ("stub", "technique", "closed")}}
        self.order["source"] = base64.b64encode(b"" if isinstance(source, Problem) else source).decode()
        self.layers: list[str] | None = None
        self.known = False
        self.missing: dict[str, str] = {}
        self.patience = Patience(TOTAL_SECONDS if order["seconds"] else math.inf)

    def fork(self, lab: Lab, at: float | None = None) -> Host:
        """Return a fresh host whose services are the lab's, with the submission imported; raises its `Problem`.

        `at` is a moment at which its time stands still from the beginning, in seconds since the epoch.
        """
        host = self.start(lab, at)
        self.open(host)
        return host

    def start(self, lab: Lab, at: float | None = None) -> Host:
        """Return a fresh host that is importing the submission meanwhile; raises its `Problem`.

        A workshop may have been lost to an earlier submission, where no layer keeps a host from killing it: that is no
        fault of this one.
        """
        if self.problem:
            raise self.problem

        for more in (self.layers is None, False):
            try:
                return self.workshop().host(self, lab, at)
            except (EOFError, OSError):
                if not more:
                    break
        raise Problem("gone", f"{self.path.name}: the process that has its hosts forked is gone.") from None

    def order_for(self, lab: Lab, at: float | None) -> Order:
        """Return what a host is told: the submission, what time it is, and whether another host was content with it."""
        return self.order | {"moved": lab.clock.moved.total_seconds(), "at": at, "known": self.known}

    def open(self, host: Host) -> None:
        """Wait until a host has imported the submission; raises the `Problem` that kept it from that."""
        try:
            self.compare(host)
            self.judge(host.open())
        except BaseException:
            host.end()
            raise

    def compare(self, host: Host) -> None:
        """Raise `RuntimeError` for a host that lacks a layer which the first one had."""
        if self.layers is None:
            self.layers, self.missing = host.layers, host.missing
        if host.layers != self.layers:
            raise RuntimeError(f"The sandbox was incomplete this time: {host.missing}.")

    def judge(self, answer: Any) -> None:
        """Take note of how the import went; raises the `Problem` if there was one. What it says earns nothing."""
        if isinstance(answer, dict) and answer.get("ready"):
            self.known = True
            return

        row = answer.get("problem") if isinstance(answer, dict) else None
        if isinstance(row, dict):
            kind, said = str(row.get("kind"))[:20], shown(str(row.get("message"))[:2000])
            self.problem = Problem(kind, said, number(row.get("line")))
        else:
            self.problem = Problem("malformed", f"{self.path.name}: the host does not answer as one.")
        raise self.problem


class Workshop:
    """The process of an exercise from which hosts are forked, or what stands in for it. It may be `lost`."""

    lost = False

    def host(self, piece: Workpiece, lab: Lab, at: float | None) -> Host:
        """Return a new host that is importing a submission; raises `EOFError` or `OSError`."""
        raise NotImplementedError

    def close(self) -> None:
        """End the workshop and all it started."""


class ForkedWorkshop(Workshop):
    """A workshop forked from a branch of the zygote; it is at work as soon as this is made."""

    def __init__(self, parent: "Branch", order: Order):
        self.branch = parent
        self.orders, theirs = socket.socketpair()
        reading, writing = os.pipe()
        self.output = Output(reading, lambda: None)
        with theirs, open(writing, "wb"):
            self.pid = parent.fork({"do": "workshop"} | order, [theirs.fileno(), writing])
        self.orders.settimeout(ORDER_SECONDS)

    def host(self, piece: Workpiece, lab: Lab, at: float | None) -> Host:
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            with theirs, open(writing, "wb"), self.or_lost():
                zygote.say(self.orders, piece.order_for(lab, at), [theirs.fileno(), writing])
        except BaseException:
            ours.close()
            os.close(reading)
            raise

        # Until its number is known, whoever wants to end it waits.
        end: Future[Callable[[], Any]] = Future()
        host = Host(piece.path, lab, ours, reading, lambda: end.result()(), piece.patience)
        try:
            with self.or_lost():
                entered, _ = zygote.hear(self.orders)
        except BaseException:
            end.set_result(lambda: None)
            host.end()
            raise

        end.set_result(partial(self.branch.sweep, entered["host"], entered["workshop"]))
        host.is_in(entered["layers"], entered["missing"], entered["host"])
        return host

    @contextlib.contextmanager
    def or_lost(self) -> Iterator[None]:
        """Talk to the workshop, which is of no more use if that fails."""
        try:
            yield
        except BaseException:
            self.lost = True
            raise

    def close(self) -> None:
        self.orders.close()
        self.branch.end([self.pid])


class SpawnedWorkshop(Workshop):
    """Stands in where there is no fork: each host is a new process that imports everything anew."""

    def host(self, piece: Workpiece, lab: Lab, at: float | None) -> Host:
        command = [sys.executable, "-I", "-m", "labsrv.grading.host"]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, env=scrubbed(), stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0)
        output = Output(os.dup(process.stderr.fileno()), lambda: end_tree(process))  # type: ignore[union-attr]
        peer = Peer.over_streams(process.stdout, process.stdin, serving(lab, piece.patience))
        host = Host(piece.path, lab, peer, output, lambda: end_tree(process), piece.patience)
        host.at_end = lambda: put_away(process, peer, output)
        with contextlib.suppress(Gone, TimeoutError, RemoteError):  # `open` will say what became of it
            order = piece.order_for(lab, at)
            peer.call("prepare", timeout=IMPORT_SECONDS, order=order)
        return host


def put_away(process: subprocess.Popen[bytes], peer: Peer, output: Output) -> None:
    """Close what led to a process that has ended."""
    peer.close()
    peer.join()
    output.thread.join(1)
    for pipe in (process.stdin, process.stdout, process.stderr):
        with contextlib.suppress(OSError):
            pipe.close()  # type: ignore[union-attr]


def unreadable(path: Path) -> Problem | None:
    """Return why a submission can't even be opened, or None."""
    try:
        found = path.stat()
    except OSError:
        own = path.is_relative_to(root() / "exercises")
        what_to_do = f"`reset {path.stem}` puts your own exercise back" if own else f"it should be {path}"
        return Problem("absent", f"{path.name} is not there; {what_to_do}.")

    if not stat.S_ISREG(found.st_mode):
        return Problem("odd", f"{path.name} is no plain file.")
    if found.st_size > LARGEST_SUBMISSION:
        return Problem("huge", f"{path.name} is larger than 1 MiB: that can't be a decision.")

    return None
