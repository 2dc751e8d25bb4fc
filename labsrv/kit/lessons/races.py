"""Races that come out the same in every run: a request is held after one of its looks into the store.

with under_way(lab, lambda: put_in_basket(alice, shop), table="sessions"):
    log_out(alice, shop)
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from labsrv.kit.lessons.lab import Lab

PATIENCE = 2.5
# For requests that should meet: longer than a busy machine needs to bring the second one, shorter than a call may take.
MEETING = 1.0


@contextmanager
def under_way(lab: Lab, send: Callable[[], object], *, table: str, look: int = 1) -> Iterator[None]:
    """Have a request under way, held after that look into the table, until the block ends.

    One that has fewer looks has ended before the block begins.
    """
    with lab.db.hold(table, nth=look, patience=PATIENCE) as held:
        request = threading.Thread(target=send)
        request.start()
        while request.is_alive() and not held.wait_reached(0.01):
            continue
        if not request.is_alive():
            held.release()
        try:
            yield
        finally:
            held.release()
            request.join()


def at_once(lab: Lab, table: str, *sends: Callable[[], Any]) -> list[Any]:
    """Send requests at the same moment, and return what came of them as they ended.

    Their first looks into the table meet before any of them goes on, and so do their second ones.
    """
    answers: list[Any] = []
    requests = [threading.Thread(target=lambda send=send: answers.append(send())) for send in sends]
    with lab.db.gate(table, readers=len(sends), patience=MEETING, rounds=2):
        for each in requests:
            each.start()
        for each in requests:
            each.join()
    return answers
