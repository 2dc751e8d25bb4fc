"""The sandbox's price: from ordering a check's process to the shop's first answer, with all layers and with none.

The next process is prepared while a check is at work: `at once` orders one before it can be ready, `after a pause`
later.
"""

import os
import statistics
import time

ROUNDS = 30
PAUSE = 0.05  # seconds; as long as a small check takes
REQUEST = {
    "REQUEST_METHOD": "GET",
    "SCRIPT_NAME": "",
    "PATH_INFO": "/",
    "SERVER_NAME": "shop.localhost",
    "SERVER_PORT": "80",
    "HTTP_HOST": "shop.localhost",
    "SERVER_PROTOCOL": "HTTP/1.1",
}


def milliseconds(without: str) -> tuple[float, float, float]:
    """Return how long it takes to open a submission, and to have a first 200, at once and after a pause."""
    from labsrv.grading.course.exercises import find
    from labsrv.grading.forks.shared import shared_zygote
    from labsrv.grading.sandbox import WITHOUT
    from labsrv.kit.addresses.names import FirstNumber
    from labsrv.kit.lessons.lab import Lab

    os.environ[WITHOUT] = without
    (exercise,) = find("02_sessions/renew_id")
    lab = Lab("sessions", place=FirstNumber(), hash_cost="low", listens=False)
    fork_server = shared_zygote().fork_server()
    try:
        began = time.perf_counter()
        code = fork_server.open(exercise.technique, exercise.stub, exercise.decisions())
        fork_server.prepare(exercise.technique, exercise.decisions())
        opened = time.perf_counter() - began
        at_once = first_answer(code, lab)
        time.sleep(PAUSE)
        return opened * 1000, at_once, first_answer(code, lab)
    finally:
        fork_server.close()
        lab.stop()
        del os.environ[WITHOUT]


def first_answer(code: "object", lab: "object") -> float:
    """Return the milliseconds from the order for a process to its first 200."""
    began = time.perf_counter()
    process = code.fork(lab)  # type: ignore[attr-defined]
    answer = process.call("request", environ=REQUEST, body=b"")
    took = time.perf_counter() - began
    process.end()
    assert answer["status"].startswith("200"), answer
    return took * 1000


def measure() -> None:
    """Take turns between the two."""
    from labsrv.grading.sandbox import LAYERS

    pairs = [(milliseconds(""), milliseconds(" ".join(LAYERS))) for _ in range(ROUNDS)]
    print("                                  with      without   (milliseconds: least, median)")
    for column, name in enumerate(("submission opened", "first 200, at once", "first 200, after a pause")):
        with_all, with_none = ([each[column] for each in side] for side in zip(*pairs, strict=True))
        figures = [f"{min(each):5.1f} {statistics.median(each):5.1f}" for each in (with_all, with_none)]
        print(f"{name:30} {figures[0]}   {figures[1]}   ratio {min(with_all) / min(with_none):.2f}")


if __name__ == "__main__":
    measure()
