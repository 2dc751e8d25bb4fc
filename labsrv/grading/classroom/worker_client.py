"""A worker's process, seen from the grader: orders go in, answers come out, each within its time."""

import base64
import contextlib
import json
import subprocess
import sys
import tempfile
import threading
from pathlib import Path
from typing import Any

from labsrv.grading.classroom.jobs import Job, JobOrder
from labsrv.grading.system.processes import end_tree
from labsrv.kit.errors import SaidPlainly
from labsrv.surroundings import surroundings

READY_SECONDS = 120.0
JOB_SECONDS = 120.0
LEAVE_SECONDS = 3.0


class NoWorker(SaidPlainly):
    """No worker starts here; the message has what it said."""


class Worker:
    """One worker's process; `worth` has the points to be had in each exercise, `unreadable` why checks can't be run."""

    def __init__(self, names: list[str], hidden: Path | None):
        # What it complains of goes to a file: a pipe that nobody reads would fill up and stop it.
        self.said = tempfile.TemporaryFile()  # noqa: SIM115  (closed with the worker)
        arguments = [json.dumps(names), str(hidden or "")]
        self.process = subprocess.Popen(
            [sys.executable, "-I", "-m", "labsrv.grading.classroom.worker", *arguments],
            env=surroundings(),  # the instructor's own settings could change what a check is
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            start_new_session=True,  # Ctrl-C is the grader's to decide upon
        )
        try:
            ready = self.receive(READY_SECONDS)
        except (EOFError, TimeoutError):
            said = self.last_words()
            self.close()
            raise NoWorker(f"The checks can't be read here:\n{said}") from None
        self.worth: dict[str, int] = ready["worth"]
        self.unreadable: dict[str, str] = ready["unreadable"]

    def send(self, job: Job, source: bytes) -> None:
        """Give the worker a job; whoever waits for the answer notices one that is gone."""
        order: JobOrder = {
            "exercise": job.exercise.name,
            "seed": job.seed,
            "source": base64.b64encode(source).decode(),
            "only": list(job.only),
            "to_first_failure": job.to_first_failure,
        }
        with contextlib.suppress(OSError):
            self.process.stdin.write(json.dumps(order).encode() + b"\n")  # type: ignore[union-attr]
            self.process.stdin.flush()  # type: ignore[union-attr]

    def receive(self, seconds: float) -> Any:
        """Return the next message; raises `EOFError` when the worker is gone, `TimeoutError` when it is slow."""
        # Reading a line knows no deadline: a timer ends the worker, and with it the line.
        late = threading.Event()

        def stop() -> None:
            late.set()
            end_tree(self.process)

        timer = threading.Timer(seconds, stop)
        timer.daemon = True
        timer.start()
        line = self.process.stdout.readline()  # type: ignore[union-attr]
        timer.cancel()
        if late.is_set():
            raise TimeoutError
        if not line.endswith(b"\n"):
            raise EOFError
        return json.loads(line)

    def last_words(self) -> str:
        """Return the end of what the worker complained of."""
        self.said.seek(0)
        return self.said.read().decode("utf-8", "replace").strip()[-2000:]

    def close(self) -> None:
        """End the process and everything below it: it goes by itself when its input ends."""
        with contextlib.suppress(OSError):
            self.process.stdin.close()  # type: ignore[union-attr]
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(LEAVE_SECONDS)
        end_tree(self.process)
        self.process.stdout.close()  # type: ignore[union-attr]
        self.said.close()
