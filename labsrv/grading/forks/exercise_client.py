"""The code under test at its exercise's server, which forks a process for each check of it.

fork_server = new_fork_server()                          once per run
code = fork_server.open("sessions", path, signatures)    once per submission
process = code.fork(lab)                                 per check
"""

import base64
import contextlib
import math
import os
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from labsrv import labs
from labsrv.grading.course.exercises import root
from labsrv.grading.forks.orders import ExerciseOrder
from labsrv.grading.submission.budget import LARGEST_SUBMISSION, TOTAL_SECONDS, Budget
from labsrv.grading.submission.loading import Problem
from labsrv.grading.submission.order import SubmissionOrder
from labsrv.grading.submission.output import Output
from labsrv.grading.submission.process import IMPORT_SECONDS, SubmissionProcess, serving
from labsrv.grading.submission.validation import number, shown
from labsrv.grading.system import channel
from labsrv.grading.system.processes import clean_environment, end_tree
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.pipe.peer import Gone, Peer, RemoteError

ORDER_SECONDS = 60.0  # to have a process forked, by processes that are ours: long only where the machine is overrun


class Forks(Protocol):
    """What an exercise's server is forked from, and what cleans up after it."""

    def fork(self, order: Mapping[str, Any], descriptors: list[int]) -> int:
        """Have a process forked; return its pid."""

    def sweep(self, submission: int = 0, server: int = 0) -> int:
        """Kill the submission's process that a server forked, and what came back here from others; return how many."""

    def end(self, servers: list[int]) -> None:
        """Kill exercise servers with all that they started."""


class CodeUnderTest:
    """A submission at its exercise's server. `problem` is what keeps it from being used, as soon as that is known.

    `layers` names the layers of the sandbox that its first process was in, `missing` says of the others why not.
    """

    def __init__(
        self,
        server: Callable[[], "ExerciseServer"],
        path: Path,
        source: bytes | Problem,
        order: ExerciseOrder,
        closed: Sequence[str] = (),
    ):
        self.server = server
        self.path = path
        self.problem = source if isinstance(source, Problem) else None
        # Orders are JSON, which has no bytes.
        self.source = base64.b64encode(b"" if isinstance(source, Problem) else source).decode()
        self.order = order
        self.closed = list(closed)
        self.layers: list[str] | None = None
        self.known = False
        self.missing: dict[str, str] = {}
        self.ended: list[Problem] = []
        self.budget = Budget(TOTAL_SECONDS if order["seconds"] else math.inf)

    @property
    def party(self) -> str:
        """Return the name of the site that the submission is."""
        return labs.party_of(self.order["technique"], self.order["signatures"])

    @property
    def cut_off(self) -> bool:
        """Return whether a process of it ended where others, too, could have ended it: nothing hides it from them."""
        return bool(self.ended) and "pid" not in (self.layers or [])

    def fork(self, lab: Lab, at: float | None = None) -> SubmissionProcess:
        """Return a fresh process whose services are the lab's, with the submission imported; raises its `Problem`.

        `at` is a moment at which its time stands still from the beginning, in seconds since the epoch.
        """
        process = self.start(lab, at)
        self.open(process)
        return process

    def start(self, lab: Lab, at: float | None = None) -> SubmissionProcess:
        """Return a fresh process that is importing the submission meanwhile; raises its `Problem`.

        A server may have been lost to an earlier submission, where no layer keeps one from killing it: that is no
        fault of this one.
        """
        if self.problem:
            raise self.problem

        for more in (self.layers is None, False):
            try:
                return self.server().start(self, lab, at)
            except (EOFError, OSError):
                if not more:
                    break
        gone = Problem("gone", f"{self.path.name}: the process that it is forked from is gone.")
        self.ended.append(gone)
        raise gone from None

    def order_for(self, lab: Lab, at: float | None) -> SubmissionOrder:
        """Return the order for a process: the submission, the time, and whether another process has read it already."""
        return {
            "path": str(self.path),
            "technique": self.order["technique"],
            "signatures": self.order["signatures"],
            "source": self.source,
            "closed": self.closed,
            "moved": lab.clock.moved.total_seconds(),
            "at": at,
            "known": self.known,
        }

    def open(self, process: SubmissionProcess) -> None:
        """Wait until a process has imported the submission; raises the `Problem` that kept it from that."""
        try:
            self.compare(process)
            self.judge(process.open())
        except BaseException:
            process.end()
            raise

    def compare(self, process: SubmissionProcess) -> None:
        """Raise `RuntimeError` for a process that lacks a layer which the first one had."""
        if self.layers is None:
            self.layers, self.missing = process.layers, process.missing
        if process.layers != self.layers:
            raise RuntimeError(f"The sandbox was incomplete this time: {process.missing}.")

    def judge(self, answer: Any) -> None:
        """Note how the import went; raises the `Problem` if there was one. What it says earns nothing."""
        if isinstance(answer, dict) and answer.get("ready"):
            self.known = True
            return

        row = answer.get("problem") if isinstance(answer, dict) else None
        if isinstance(row, dict):
            kind, said = str(row.get("kind"))[:20], shown(str(row.get("message"))[:2000])
            self.problem = Problem(kind, said, number(row.get("line")))
        else:
            self.problem = Problem("malformed", f"{self.path.name}: the shop's process does not answer as one.")
        raise self.problem


class ExerciseServer:
    """The process of an exercise from which submissions are forked, or what stands in for it. It may be `lost`."""

    lost = False

    def start(self, code: CodeUnderTest, lab: Lab, at: float | None) -> SubmissionProcess:
        """Return a new process that is importing a submission; raises `EOFError` or `OSError`."""
        raise NotImplementedError

    def close(self) -> None:
        """End the server and all it started."""


class ForkedExerciseServer(ExerciseServer):
    """A server forked from a fork server; it is at work as soon as this is made."""

    def __init__(self, parent: Forks, order: ExerciseOrder):
        self.parent = parent
        self.orders, theirs = socket.socketpair()
        reading, writing = os.pipe()
        self.output = Output(reading, lambda: None)
        with theirs, open(writing, "wb"):
            self.pid = parent.fork({"do": "exercise server", **order}, [theirs.fileno(), writing])
        self.orders.settimeout(ORDER_SECONDS)

    def start(self, code: CodeUnderTest, lab: Lab, at: float | None) -> SubmissionProcess:
        # The process is there already, and waits in its sandbox for this order and its ends of pipe and output.
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            with theirs, open(writing, "wb"), self.or_lost():
                channel.send(self.orders, code.order_for(lab, at), [theirs.fileno(), writing])
        except BaseException:
            ours.close()
            os.close(reading)
            raise

        # Until its number is known, whoever wants to end it waits.
        end: Future[Callable[[], Any]] = Future()
        process = SubmissionProcess(code.path, lab, ours, reading, lambda: end.result()(), code.budget, code.party)
        try:
            with self.or_lost():
                entered, _ = channel.receive(self.orders)
        except BaseException:
            end.set_result(lambda: None)
            process.end()
            raise

        end.set_result(partial(self.parent.sweep, entered["submission"], entered["server"]))
        process.note_end = code.ended.append
        process.note_sandbox(entered["layers"], entered["missing"], entered["submission"])
        return process

    @contextlib.contextmanager
    def or_lost(self) -> Iterator[None]:
        """Exchange messages with the server, which is of no more use if that fails."""
        try:
            yield
        except BaseException:
            self.lost = True
            raise

    def close(self) -> None:
        self.orders.close()
        self.parent.end([self.pid])


class SpawnedExerciseServer(ExerciseServer):
    """Stands in where there is no fork: each submission gets a new process, which imports everything anew."""

    def start(self, code: CodeUnderTest, lab: Lab, at: float | None) -> SubmissionProcess:
        command = [sys.executable, "-I", "-m", "labsrv.grading.submission.serve"]
        pipe = subprocess.PIPE
        child = subprocess.Popen(command, env=clean_environment(), stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0)
        output = Output(os.dup(child.stderr.fileno()), lambda: end_tree(child))  # type: ignore[union-attr]
        peer = Peer.over_streams(child.stdout, child.stdin, serving(lab, code.budget, code.party))
        process = SubmissionProcess(code.path, lab, peer, output, lambda: end_tree(child), code.budget, code.party)
        process.at_end = lambda: put_away(child, peer, output)
        with contextlib.suppress(Gone, TimeoutError, RemoteError):  # `open` will say what became of it
            peer.call("prepare", timeout=IMPORT_SECONDS, order=dict(code.order_for(lab, at)))
        return process


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
