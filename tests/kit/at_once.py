"""Jobs in threads, all of them at once."""

import threading
from collections.abc import Callable
from typing import Any

LIMIT = 20  # seconds


def at_once(*jobs: Callable[[], Any]) -> list[Any]:
    """Run jobs in threads and return what they returned."""
    answers: list[Any] = []
    threads = [threading.Thread(target=lambda job=job: answers.append(job())) for job in jobs]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LIMIT)
    assert not any(thread.is_alive() for thread in threads)
    return answers
