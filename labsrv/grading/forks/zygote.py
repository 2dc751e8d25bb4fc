"""The zygote, seen from the process that started it."""

import socket
import threading
from collections.abc import Mapping, Sequence
from typing import Any

from labsrv.grading.forks.fork_server import ForkServer
from labsrv.grading.forks.forker import Forker
from labsrv.grading.forks.start import Started
from labsrv.grading.system import channel
from labsrv.grading.system.processes import descendants, kill


class Zygote:
    """The process that everything is forked from. Where the system cannot fork, each submission gets a new process."""

    def __init__(self, started: Started | None):
        self.started = started
        self.lock = threading.Lock()
        self.pid = 0
        if started:
            self.process, self.forker = started[0], Forker(started[1])

    def fork(self, order: Mapping[str, Any], descriptors: list[int]) -> int:
        """Have the zygote fork a child; wait for its imports if it is still at them."""
        with self.lock:
            if not self.pid:
                self.pid = channel.receive(self.forker.connection)[0]["ready"]
        return self.forker.fork(order, descriptors)

    def warm_up(self, techniques: Sequence[str] = (), *, runners: bool = False) -> None:
        """Have the zygote import what exercise servers of these lessons need, or of all; and runners if wanted."""
        self.fork({"do": "warm up runners" if runners else "warm up", "techniques": list(techniques)}, [])

    def fork_server(self) -> ForkServer:
        """Return a new fork server."""
        if not self.started:
            return ForkServer(None, 0)

        ours, theirs = socket.socketpair()
        with theirs:
            return ForkServer(ours, self.fork({"do": "fork server"}, [theirs.fileno()]))

    def close(self) -> None:
        """End the zygote; whoever was forked from it ends with it."""
        if self.started and self.process.poll() is None:
            kill(descendants(self.process.pid))
            self.forker.connection.close()
            self.process.kill()
            self.process.wait()
