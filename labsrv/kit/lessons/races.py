"""Races that come out the same in every run: requests take turns at a table, or one is held after an operation there.

with under_way(lab, lambda: put_in_basket(alice, shop), table="sessions"):
    log_out(alice, shop)

Both kinds are needed. Who takes turns reads what the others have not yet written; who is held does not hear of what
happened from beginning to end in between. Each operation counts that returns or changes a row.
"""

import math
import threading
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any

from labsrv.kit.http.direct import WireServer
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.store.gate import Gate, InTurn

PATIENCE = 2.5
# For those that wait for each other: longer than a busy machine needs to bring the next, shorter than a call may take.
MEETING = 1.0


@contextmanager
def under_way(lab: Lab, send: Callable[[], object], *, table: str, look: int = 1) -> Iterator[None]:
    """Have a request under way, held after that operation on the table, be it a look or a change, until the block ends.

    One that has fewer has ended before the block begins.
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

    Each does one operation on the table when all before it have done theirs, and then waits until all have.
    """
    # Without a socket between, the store is asked by the very thread that sends, and who comes first is settled.
    meeting: AbstractContextManager[Gate | InTurn]
    if isinstance(lab.server, WireServer):
        meeting = lab.db.in_turn(table, patience=MEETING)
    else:
        meeting = lab.db.gate(table, readers=0, patience=MEETING, rounds=math.inf)
    with meeting as point:
        return answers_to(sends, point)


def answers_to(sends: tuple[Callable[[], Any], ...], point: Gate | InTurn) -> list[Any]:
    """Send each request in a thread of its own, which joins the point before it begins and leaves it at its end."""
    answers: list[Any] = []
    all_joined = threading.Event()

    def request(send: Callable[[], Any]) -> None:
        all_joined.wait()
        try:
            answers.append(send())
        finally:
            point.leave()

    requests = [threading.Thread(target=request, args=(each,)) for each in sends]
    for each in requests:
        each.start()
        point.join(each.ident or 0)
    all_joined.set()
    for each in requests:
        each.join()
    return answers
