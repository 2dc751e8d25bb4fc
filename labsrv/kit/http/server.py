"""One server per lab, on loopback, for all of the lab's sites.

Any program of any user of this machine may connect to it. A connection has so long to say its request, and to take the
answer; there are only so many at once, and a newcomer takes the place of whoever has been talking longest.
"""

import contextlib
import socket
import sys
import threading
import time
from typing import Any

from werkzeug.serving import ThreadedWSGIServer, WSGIRequestHandler

from labsrv.kit.errors import SaidPlainly
from labsrv.kit.http.front import Front
from labsrv.kit.http.transport import LOOPBACK

MOST_CONNECTIONS = 256  # at once, a thread each
PATIENCE = 30.0  # seconds, for a whole request, and once more for its answer


# The ports of this process's servers: where the labs' browsers may go.
LISTENING: set[int] = set()


class PortTaken(SaidPlainly):
    """Somebody else listens on the port that was asked for."""


class QuietRequests(WSGIRequestHandler):
    """Answer without a line per request on the learner's screen: the traffic has them all."""

    # Small segments must not wait for each other.
    disable_nagle_algorithm = True

    def log(self, type: str, message: str, *args: Any) -> None:
        pass

    def version_string(self) -> str:
        return "Authlab"


class TimedRequests(QuietRequests):
    """The same over a socket: the server is told when a request has been read, and when its answer begins."""

    def make_environ(self) -> dict[str, Any]:
        """Return WSGI's environment, with what `Front` tells the server by."""
        waiting: Waiting = self.server.waiting  # type: ignore[attr-defined]
        told = {"authlab.read": waiting.no_more_for, "authlab.answers": waiting.begin}
        return super().make_environ() | {name: lambda tell=tell: tell(self.connection) for name, tell in told.items()}


class Waiting:
    """Connections that the server waits for, oldest first, each with the moment (monotonic) at which patience ends."""

    def __init__(self) -> None:
        self.ends: dict[socket.socket, float] = {}
        self.lock = threading.Lock()

    def begin(self, connection: socket.socket) -> None:
        """Wait for this one from now on."""
        with self.lock:
            self.ends.pop(connection, None)
            self.ends[connection] = time.monotonic() + PATIENCE

    def no_more_for(self, connection: socket.socket) -> None:
        """Wait for this one no more: the site has it now, for as long as it likes."""
        with self.lock:
            self.ends.pop(connection, None)

    def hang_up(self, *, oldest: bool = False) -> None:
        """Cut off whoever takes too long, or the oldest one if there is any: its thread finds the line dead."""
        if not self.ends:
            return  # most of the time

        with self.lock:
            now = time.monotonic()
            late = [each for each, end in self.ends.items() if end <= now] or list(self.ends)[:oldest]
            for each in late:
                del self.ends[each]
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)


class BoundedServer(ThreadedWSGIServer):
    """A thread for each connection, and neither too many of them nor for too long."""

    def __init__(self, port: int, front: Front):
        self.waiting = Waiting()
        self.open: set[socket.socket] = set()
        super().__init__(LOOPBACK, port, front, handler=TimedRequests)

    def process_request(self, request: Any, client_address: Any) -> None:
        """Begin a thread for a connection; where there are too many, the one that is waited for longest ends."""
        self.open.add(request)
        self.waiting.begin(request)
        if len(self.open) > MOST_CONNECTIONS:
            self.waiting.hang_up(oldest=True)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Forget a connection that has ended."""
        self.waiting.no_more_for(request)
        self.open.discard(request)
        super().shutdown_request(request)

    def service_actions(self) -> None:
        """Between two requests, and many times a second without any, look who takes too long."""
        self.waiting.hang_up()


class Server:
    """A `Front` listening on 127.0.0.1 in a thread of its own."""

    def __init__(self, front: Front, port: int = 0):
        if port:
            must_be_free(port)
        self.front = front
        self.werkzeug = BoundedServer(port, front)
        self.port: int = self.werkzeug.server_port
        LISTENING.add(self.port)
        self.thread = threading.Thread(target=self.serve, name=f"lab server on port {self.port}", daemon=True)
        self.thread.start()

    def serve(self) -> None:
        """Answer until `stop`."""
        self.werkzeug.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        """Stop listening and give the port back."""
        LISTENING.discard(self.port)
        ender = threading.Thread(target=self.werkzeug.shutdown)
        ender.start()
        # The server looks up between two requests: give it one.
        with contextlib.suppress(OSError):
            socket.create_connection((LOOPBACK, self.port), timeout=0.1).close()
        ender.join()
        self.thread.join()
        self.werkzeug.server_close()


def must_be_free(port: int) -> None:
    """Raise `PortTaken` if somebody listens there already."""
    probe = socket.socket()
    if sys.platform != "win32":  # there it would let two listen on one port
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        probe.bind((LOOPBACK, port))
    except OSError as error:
        raise PortTaken(
            f"Port {port} is taken: stop what listens there, or leave the port out to get a free one."
        ) from error
    finally:
        probe.close()
