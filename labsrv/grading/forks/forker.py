"""A process that forks children when it is asked to, seen from here."""

import socket
import threading
from collections.abc import Mapping
from typing import Any

from labsrv.grading.system import channel


class Forker:
    """The process at the other end of a channel."""

    def __init__(self, connection: socket.socket):
        self.connection = connection
        self.lock = threading.Lock()

    def fork(self, order: Mapping[str, Any], descriptors: list[int]) -> int:
        """Return the pid of a new child; raises `EOFError` or `OSError` when the process is gone."""
        with self.lock:
            channel.send(self.connection, order, descriptors)
            return int(channel.receive(self.connection)[0]["pid"])
