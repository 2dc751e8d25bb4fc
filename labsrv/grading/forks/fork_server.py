"""A fork server, seen from the run that it is for: it forks exercise servers, and they fork submissions.

fork_server = new_fork_server()              for one run, or for one live lab
fork_server.open("sessions", path, signatures)     a submission at its exercise's server
"""

import contextlib
import json
import os
import random
import socket
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from labsrv.grading.forks.exercise_client import (
    CodeUnderTest,
    ExerciseServer,
    ForkedExerciseServer,
    SpawnedExerciseServer,
    unreadable,
)
from labsrv.grading.forks.forker import Forker
from labsrv.grading.forks.orders import ExerciseOrder
from labsrv.grading.sandbox import WITHOUT
from labsrv.grading.sandbox.limits import PROCESSOR_SECONDS
from labsrv.grading.submission.loading import Problem
from labsrv.grading.submission.order import Signatures
from labsrv.grading.system.processes import children, descendants, kill

MOST_SERVERS = 12  # ten MiB each, with the process that waits in it


class ForkServer:
    """A zygote for one run or one live lab, so that sweeping up after one submission meets nobody else's processes."""

    def __init__(self, connection: socket.socket | None, pid: int):
        self.servers: dict[str, ExerciseServer] = {}
        self.pids: set[int] = set()
        self.pid = pid
        self.forker = Forker(connection) if connection else None

    @property
    def connection(self) -> socket.socket:
        """Return the connection to it; raises `OSError` where this system can't fork."""
        if self.forker:
            return self.forker.connection

        raise OSError("This system can't fork.")

    def open(
        self,
        technique: str,
        path: Path,
        signatures: Signatures,
        *,
        source: bytes | None = None,
        closed: Sequence[str] = (),
        endless: bool = False,
    ) -> CodeUnderTest:
        """Return the submission at `path`, or with this source, at its exercise's server; `closed` are modules.

        What it may take altogether (seconds of the processor, of waiting for it) is bounded, unless it is `endless`.
        """
        order = order_for(technique, signatures, endless)
        found: bytes | Problem | None = source
        if found is None:
            found = unreadable(path) or path.read_bytes()
        return CodeUnderTest(lambda: self.exercise_server(order), path, found, order, closed)

    def prepare(self, technique: str, signatures: Signatures) -> None:
        """Have an exercise's server ready by the time that a submission comes."""
        self.exercise_server(order_for(technique, signatures))

    def exercise_server(self, order: ExerciseOrder) -> ExerciseServer:
        """Return the server of an exercise: the one that there is, or a new one."""
        key = json.dumps(order)
        there = self.servers.get(key)
        if there and not there.lost:
            return there

        if there or len(self.servers) >= MOST_SERVERS:
            # A class goes round all exercises: the one used longest ago is needed next. So one goes by chance.
            self.servers.pop(key if there else random.choice(list(self.servers))).close()
        new = self.servers[key] = ForkedExerciseServer(self, order) if self.forker else SpawnedExerciseServer()
        return new

    def alive(self) -> bool:
        """Return whether it is there to fork anything."""
        try:
            return self.forker is None or self.forker.fork({"do": "nothing"}, []) == 0
        except (EOFError, OSError):
            return False

    def fork(self, order: Mapping[str, Any], descriptors: list[int]) -> int:
        """Have an exercise server forked; return its pid."""
        pid = self.forker.fork(order, descriptors) if self.forker else 0
        self.pids.add(pid)
        return pid

    def sweep(self, submission: int = 0, server: int = 0) -> int:
        """Kill the submission's process that a server forked, and what came back here from others; return how many."""
        if not self.pid:
            return 0

        tops = [each for each in children(self.pid) if each not in self.pids]
        if submission and submission in children(server):  # and not a stranger by now, who was given its number
            tops.append(submission)
        strays = [pid for top in tops for pid in (top, *descendants(top))]
        kill(strays)
        return len(strays)

    def settle(self) -> None:
        """Leave nothing behind but the exercise servers."""
        while self.sweep():
            continue

    def end(self, servers: list[int]) -> None:
        """Kill exercise servers with all that they started."""
        kill([pid for each in servers for pid in (each, *descendants(each))])
        self.pids -= set(servers)
        self.settle()

    def close(self) -> None:
        """End the fork server and everything below it."""
        if self.forker and self.pid:
            with contextlib.suppress(OSError):
                for each in self.servers.values():
                    each.close()
                self.settle()
            self.forker.connection.close()
            kill([self.pid])
            self.pid = 0


def order_for(technique: str, signatures: Signatures, endless: bool = False) -> ExerciseOrder:
    """Return the order for an exercise server: whose parts it has to have ready, and in which sandbox."""
    seconds = None if endless else PROCESSOR_SECONDS
    return {
        "technique": technique,
        "signatures": signatures,
        "seconds": seconds,
        "without": os.environ.get(WITHOUT, ""),
    }
