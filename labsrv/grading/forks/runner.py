"""A runner, seen from the process that wants an answer of it.

runner = Runner(shared_zygote(), order)  prepares to run an exercise's checks
runner.go(); answer = runner.answer()    runs them, and is gone
"""

import contextlib
import os
import socket
import threading
from typing import cast

from labsrv.grading.forks.orders import RunnerAnswer, RunnerOrder
from labsrv.grading.forks.zygote import Zygote
from labsrv.grading.submission.output import Output
from labsrv.grading.system import channel
from labsrv.grading.system.processes import kill

LARGEST_ANSWER = 64 << 20


class Runner:
    """A runner that has its order, and carries it out when it is asked for its answer.

    Whatever an order needs before anything is looked at (settings, imports, the checks) is done ahead of that.
    """

    def __init__(self, parent: Zygote, order: RunnerOrder):
        self.fork_server = parent.fork_server()
        self.connection, theirs = socket.socketpair()
        reading, writing = os.pipe()
        self.output = Output(reading, lambda: None)
        self.pid = 0
        try:
            with theirs, open(writing, "wb"):
                descriptors = [theirs.fileno(), writing, self.fork_server.connection.fileno()]
                self.pid = parent.fork({"do": "runner"}, descriptors)
            channel.send(self.connection, order | {"fork_server": self.fork_server.pid})
        except BaseException:
            self.close()
            raise

    def go(self) -> None:
        """Have the runner carry out its order."""
        with contextlib.suppress(BrokenPipeError):  # it has answered already: nothing could be prepared
            channel.send(self.connection, {"go": True})

    def answer(self) -> RunnerAnswer:
        """Return the answer, with what the runner printed as `said`; raises `EOFError` or `OSError` if it is gone."""
        try:
            answer, _ = channel.receive(self.connection, LARGEST_ANSWER)
            kill([self.pid])
            self.pid = 0
            self.output.thread.join(1)
        except BaseException:
            self.close()
            raise

        # What is left of the submission is swept up while the answer is being read.
        threading.Thread(target=self.close, name="sweeps up after a check").start()
        return cast(RunnerAnswer, answer | {"said": self.output.text})

    def close(self) -> None:
        """End the runner and all that was forked for it."""
        kill([self.pid] if self.pid else [])
        self.pid = 0
        self.connection.close()
        self.fork_server.close()
