"""What tests of the pipe share."""

import contextlib
import threading
import time

LIMIT = 20


def raising(error):
    def raise_it():
        raise error

    return raise_it


def in_threads(count, job):
    answers = []
    threads = [threading.Thread(target=lambda n=n: answers.append(job(n))) for n in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert len(answers) == count
    return answers


def suppressed(act, *given):
    with contextlib.suppress(OSError):
        act(*given)


def pipe_threads():
    return {thread for thread in threading.enumerate() if thread.name.startswith("pipe")}


def wait_for(condition):
    deadline = time.monotonic() + LIMIT
    while not condition():
        assert time.monotonic() < deadline, "It did not come about."
        time.sleep(0.002)
