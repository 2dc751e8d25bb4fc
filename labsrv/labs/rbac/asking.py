"""The access matrix, asked a cell at a time and in any order, as a view does.

AccessMatrix(rows(), MatrixAsker(lab))
"""

from collections.abc import Iterable
from dataclasses import dataclass

from labsrv.kit.browser.browser import Browser
from labsrv.kit.cookies.model import Cookie
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.lessons.matrix import KeptTables
from labsrv.labs.rbac.expected import expected
from labsrv.labs.rbac.matrix import ACTORS, REQUESTS, TABLES, cell


def rows(actors: Iterable[str] = ACTORS, requests: Iterable[str] = REQUESTS) -> list[tuple[str, str, str, str]]:
    """Return what is declared: an actor, a method, what it is sent to, and what is expected (`200:4/1`)."""
    actors = list(actors)
    asked = [(request, *request.split(" ", 1)) for request in requests]
    return [(actor, method, to, expected(request, actor)) for request, method, to in asked for actor in actors]


@dataclass(frozen=True)
class Seen:
    """What came of one cell: a status, with what was shown (`200:4/1`), and the exchange."""

    status: int
    seen: str
    exchange: Exchange


class MatrixAsker:
    """Asks a lab's site one cell after the other, each of the site as it was before the first."""

    def __init__(self, lab: Lab):
        self.lab = lab
        self.before = self.tables()
        self.settled: dict[str, tuple[Browser, list[Cookie], KeptTables]] = {}

    def __call__(self, actor: str, method: str, where: str) -> Seen:
        """Ask one cell; raises `LookupError` where the matrix has none."""
        request = f"{method} {where}"
        if actor not in ACTORS or request not in REQUESTS:
            raise LookupError(f"The matrix has no {request!r} by {actor!r}: see ACTORS and REQUESTS.")

        if actor not in self.settled:
            self.before.put_back()
            browser = ACTORS[actor](self.lab)
            self.settled[actor] = browser, browser.jar.all(), self.tables()

        # Mallory comes as several people, with one browser.
        browser, cookies, tables = self.settled[actor]
        browser.jar.clear()
        for each in cookies:
            browser.jar.put(each)
        found = cell(self.lab, browser, tables, actor, request)
        return Seen(int(found.observed[:3]), found.observed, found.exchange)

    def tables(self) -> KeptTables:
        """Return the tables as they are now; whoever writes to one from now on, it can be put back."""
        return KeptTables(self.lab.db, TABLES).watch()
