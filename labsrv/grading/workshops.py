"""Start hosts: from a branch of the zygote where the system can fork, as new processes where it cannot.

branch = new_branch()                                 once per run
with branch.open("sessions", path, stub) as workshop: imports the submission once
    host = workshop.fork(lab)                         per check
"""

import contextlib
import math
import os
import re
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labsrv.grading import zygote
from labsrv.grading.hosts import GREEDY, Host, Output, serving
from labsrv.grading.patience import TOTAL_SECONDS, Patience
from labsrv.grading.processes import descendants, end_tree, kill, scrubbed
from labsrv.grading.replies import at, last_line, number, shown
from labsrv.grading.workpiece import Problem
from labsrv.kit.lab import Lab
from labsrv.kit.pipe import Gone, Peer, RemoteError

if TYPE_CHECKING:
    from labsrv.grading.branches import Branch

IMPORT_SECONDS = 7.0
LARGEST_SUBMISSION = 1 << 20


class Workshop:
    """The process that imported a submission. `problem` is what kept it from that.

    `layers` names the layers of the sandbox that it entered before, `missing` says of the others why not.
    """

    def __init__(self, order: dict[str, Any]):
        self.order = order
        self.path = Path(order["path"])
        self.problem: Problem | None = None
        self.layers: list[str] = []
        self.missing: dict[str, str] = {}
        self.patience = Patience(TOTAL_SECONDS if order.get("seconds") else math.inf)

    def fork(self, lab: Lab) -> "Host":
        """Return a fresh host whose services are the lab's; raises the workshop's `Problem`."""
        if self.problem:
            raise self.problem

        return self.start(lab)

    def start(self, lab: Lab) -> "Host":
        raise NotImplementedError

    def judge(self, answer: dict[str, Any], printed: str) -> None:
        """Take note of how the import went."""
        if answer.get("ready"):
            return

        row = answer.get("problem")
        if isinstance(row, dict):
            self.problem = Problem(
                str(row.get("kind"))[:20], shown(str(row.get("message"))[:2000]), number(row.get("line"))
            )
            return

        line = last_line(printed, self.path)
        greed = re.search(GREEDY, printed, re.MULTILINE)
        kind, said = "gone", "the file ends its own process while being imported"
        if greed:
            kind, said = "greedy", greed[1]
        elif "late" in answer or "Timeout" in printed:
            kind, said = "slow", "the file never finishes being imported"
        self.problem = Problem(kind, f"{at(self.path, line)}: {said}.", line)

    def close(self) -> None:
        """End the workshop and all it started."""

    def __enter__(self) -> "Workshop":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


class ForkedWorkshop(Workshop):
    """A workshop forked from a branch of the zygote."""

    def __init__(self, parent: "Branch", order: dict[str, Any]):
        super().__init__(order)
        self.branch = parent
        self.orders, theirs = socket.socketpair()
        reading, self.writing = os.pipe()
        self.output = Output(reading, lambda: None)
        with theirs:
            self.pid = parent.fork({"do": "workshop"} | order, [theirs.fileno(), self.writing])
        self.orders.settimeout(IMPORT_SECONDS)
        answer = self.trial()
        if not answer or "late" in answer:
            kill([*descendants(self.pid), self.pid])
            self.output.thread.join(1)
        self.judge(answer, self.output.text)

    def trial(self) -> dict[str, Any]:
        """Have a host import the submission and say how it went; what it says guides the learner and earns nothing."""
        ours, theirs = socket.socketpair()
        try:
            with ours, theirs:
                entered = self.order_host({"trial": True}, theirs, os.dup(self.writing))
                self.layers, self.missing = entered.get("layers", []), entered.get("missing", {})
                theirs.close()
                return answer_of(ours, IMPORT_SECONDS)
        except TimeoutError:
            return {"late": True}
        except (EOFError, OSError):
            return {}
        finally:
            os.close(self.writing)

    def start(self, lab: Lab) -> "Host":
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            with theirs:
                entered = self.order_host({}, theirs, writing)
            if entered.get("layers") != self.layers:
                raise RuntimeError(f"The sandbox was incomplete this time: {entered.get('missing')}.")
        except BaseException as error:
            ours.close()
            os.close(reading)
            if isinstance(error, EOFError | OSError):
                raise Problem("gone", f"{self.path.name}: the process that has its hosts forked is gone.") from None
            raise

        return Host(self.path, lab, ours, reading, partial(self.branch.sweep, entered["warden"]), self.patience)

    def order_host(self, extra: dict[str, Any], pipe: socket.socket, output: int) -> dict[str, Any]:
        """Have a host forked; return the layers of the sandbox it has entered. `output` is closed here."""
        with open(output, "wb"):
            zygote.say(self.orders, extra, [pipe.fileno(), output])
        return zygote.hear(self.orders)[0]

    def close(self) -> None:
        self.orders.close()
        self.branch.end([self.pid])


def answer_of(connection: socket.socket, seconds: float) -> dict[str, Any]:
    """Return one answer of a host, which may be hostile; raises `EOFError` or `OSError` when none comes, or nonsense.

    The seconds are for all of it. Descriptors that are sent along are not taken: the system closes them.
    """
    line, deadline = b"", time.monotonic() + seconds
    while not line.endswith(b"\n"):
        connection.settimeout(max(deadline - time.monotonic(), 0.001))
        part = connection.recv(65536)
        line += part
        if not part or len(line) > zygote.LARGEST_MESSAGE:
            raise EOFError("the host is gone")

    return zygote.understood(line)


class SpawnedWorkshop(Workshop):
    """Stands in where there is no fork: it imports the submission once to see, and then once per host."""

    def __init__(self, order: dict[str, Any]):
        super().__init__(order)
        process, peer, output = self.spawn({})
        self.see(process, peer, output)
        end_tree(process)
        put_away(process, peer, output)

    def spawn(self, serve: dict[str, Callable[..., Any]]) -> tuple[subprocess.Popen[bytes], Peer, Output]:
        """Return a new process, the pipe to it, and what it prints."""
        command = [sys.executable, "-I", "-m", "labsrv.grading.host"]
        pipe = subprocess.PIPE
        process = subprocess.Popen(command, env=scrubbed(), stdin=pipe, stdout=pipe, stderr=pipe, bufsize=0)
        output = Output(os.dup(process.stderr.fileno()), lambda: end_tree(process))  # type: ignore[union-attr]
        return process, Peer.over_streams(process.stdout, process.stdin, serve), output

    def see(self, process: subprocess.Popen[bytes], peer: Peer, output: Output) -> None:
        """Let it import the submission, and take note."""
        try:
            answer = peer.call("prepare", timeout=IMPORT_SECONDS, order=self.order)
        except (Gone, TimeoutError, RemoteError):
            end_tree(process)
            output.thread.join(1)
            answer = {}
        self.judge(answer, output.text)

    def start(self, lab: Lab) -> "Host":
        process, peer, output = self.spawn(serving(lab))
        self.see(process, peer, output)
        if self.problem:
            raise self.problem
        host = Host(self.path, lab, peer, output, lambda: end_tree(process), self.patience)
        host.at_end = lambda: put_away(process, peer, output)
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
        return Problem("absent", f"{path.name} is not there; `reset {path.stem}` puts your own exercise back.")

    if not stat.S_ISREG(found.st_mode):
        return Problem("odd", f"{path.name} is no plain file.")
    if found.st_size > LARGEST_SUBMISSION:
        return Problem("huge", f"{path.name} is larger than 1 MiB: that can't be a decision.")

    return None
