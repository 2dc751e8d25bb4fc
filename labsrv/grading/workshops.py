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
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from labsrv.grading import zygote
from labsrv.grading.hosts import Host, Output, at, last_line, serving
from labsrv.grading.patience import TOTAL_SECONDS, Patience
from labsrv.grading.processes import end_tree, scrubbed
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

    def fork(self, lab: Lab, extra_routes: Iterable[str] = ()) -> "Host":
        """Return a fresh host whose services are the lab's; raises the workshop's `Problem`."""
        if self.problem:
            raise self.problem

        return self.start(lab, {"extra_routes": list(extra_routes)})

    def start(self, lab: Lab, extra: dict[str, Any]) -> "Host":
        raise NotImplementedError

    def judge(self, answer: dict[str, Any], printed: str) -> None:
        """Take note of how the import went."""
        if answer.get("ready"):
            return

        row = answer.get("problem")
        if isinstance(row, dict):
            line = row.get("line")
            self.problem = Problem(
                str(row.get("kind"))[:20], str(row.get("message"))[:2000], line if isinstance(line, int) else 0
            )
            return

        line = last_line(printed, self.path)
        if "Timeout" in printed:
            self.problem = Problem("slow", f"{at(self.path, line)}: the file never finishes being imported.", line)
        else:
            self.problem = Problem(
                "gone", f"{at(self.path, line)}: the file ends its own process while being imported.", line
            )

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
        reading, writing = os.pipe()
        self.output = Output(reading, lambda: None)
        with theirs:
            self.pid = parent.fork({"do": "workshop"} | order, [theirs.fileno(), writing])
        os.close(writing)
        self.answers = Answers(self.orders)
        try:
            entered = self.answers.next(IMPORT_SECONDS)
            self.layers, self.missing = entered["layers"], entered["missing"]
            answer = self.answers.next(IMPORT_SECONDS)
        except (EOFError, OSError):
            parent.end([self.pid])
            self.output.thread.join(1)
            answer = {}
        self.judge(answer, self.output.text)

    def start(self, lab: Lab, extra: dict[str, Any]) -> "Host":
        ours, theirs = socket.socketpair()
        reading, writing = os.pipe()
        try:
            zygote.say(self.orders, extra, [theirs.fileno(), writing])
            self.answers.next(IMPORT_SECONDS)
        except (EOFError, OSError):
            os.close(reading)
            ours.close()
            said = self.greed() or "something it left running ended the process that imported it"
            raise Problem("gone", f"{self.path.name}: {said}.") from None
        finally:
            theirs.close()
            os.close(writing)
        return Host(self.path, lab, ours, reading, self.branch.sweep, self.patience, self.greed)

    def greed(self) -> str:
        """Return what the keeper ended it for, or ""."""
        said = re.search(r"^greedy: (.*)", self.output.text, re.MULTILINE)
        return said[1] if said else ""

    def close(self) -> None:
        self.orders.close()
        self.branch.end([self.pid])


class Answers:
    """What comes from a workshop, line by line. It may be hostile: each answer has a deadline and a largest size."""

    def __init__(self, orders: socket.socket):
        self.orders = orders
        self.rest = b""

    def next(self, seconds: float) -> dict[str, Any]:
        """Return the next answer; raises `EOFError` or `OSError` when none comes, or nonsense.

        Descriptors that are sent along are not taken: the system closes them.
        """
        deadline = time.monotonic() + seconds
        while b"\n" not in self.rest:
            self.orders.settimeout(max(deadline - time.monotonic(), 0.001))
            part = self.orders.recv(65536)
            self.rest += part
            if not part or len(self.rest) > zygote.LARGEST_MESSAGE:
                raise EOFError("the workshop is gone")

        line, _, self.rest = self.rest.partition(b"\n")
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

    def start(self, lab: Lab, extra: dict[str, Any]) -> "Host":
        process, peer, output = self.spawn(serving(lab))
        self.order |= extra
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
