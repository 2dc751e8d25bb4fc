"""Requests per second with the recorder, as a ratio to the bare app on the same server in the same run."""

import http.client
import statistics
import threading
import time

from werkzeug.serving import make_server

from labsrv import labs
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.http.server import QuietRequests
from labsrv.kit.lessons.lab import Lab

ROUNDS = 9
REQUESTS = 250


def per_second(port: int, host: str) -> float:
    """Return how many requests a second one visitor gets answered."""
    began = time.perf_counter()
    for _ in range(REQUESTS):
        connection = http.client.HTTPConnection("127.0.0.1", port)
        connection.request("GET", "/", headers={"Host": host})
        assert connection.getresponse().read()
        connection.close()
    return REQUESTS / (time.perf_counter() - began)


def measure() -> None:
    """Take turns between the two, so that the machine's moods hit both."""
    lab = Lab("sessions", place=FirstNumber(), hash_cost="low")
    app = labs.complete("sessions", {})(lab)
    labs.furnish(lab, "sessions", app)
    bare = make_server("127.0.0.1", 0, app, threaded=True, request_handler=QuietRequests)
    threading.Thread(target=bare.serve_forever, daemon=True).start()
    host = lab.shop.origin.removeprefix("http://")

    without, recorded, ratios = [], [], []
    for _ in range(ROUNDS):
        without.append(per_second(bare.server_port, host))
        recorded.append(per_second(lab.server.port, host))
        ratios.append(recorded[-1] / without[-1])
    print(f"bare app                   {statistics.median(without):6.0f} requests/s")
    print(f"with the recorder          {statistics.median(recorded):6.0f} requests/s")
    print(f"ratio                      {statistics.median(ratios):6.2f}      (bound: 0.85)")
    bare.shutdown()
    lab.stop()


if __name__ == "__main__":
    measure()
