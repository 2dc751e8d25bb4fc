"""One server per lab, on loopback, for all of the lab's sites."""

import contextlib
import socket
import sys
import threading
from typing import Any

from werkzeug.serving import BaseWSGIServer, WSGIRequestHandler, make_server

from labsrv.kit.errors import SaidPlainly
from labsrv.kit.http.front import Front
from labsrv.kit.http.transport import LOOPBACK


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


class Server:
    """A `Front` listening on 127.0.0.1 in a thread of its own."""

    def __init__(self, front: Front, port: int = 0):
        if port:
            must_be_free(port)
        self.front = front
        self.werkzeug: BaseWSGIServer = make_server(LOOPBACK, port, front, threaded=True, request_handler=QuietRequests)
        self.port: int = self.werkzeug.server_port
        self.thread = threading.Thread(target=self.serve, name=f"lab server on port {self.port}", daemon=True)
        self.thread.start()

    def serve(self) -> None:
        """Answer until `stop`."""
        self.werkzeug.serve_forever(poll_interval=0.02)

    def stop(self) -> None:
        """Stop listening and give the port back."""
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
