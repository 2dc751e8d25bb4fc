"""A matrix as data: rows read and checked, cells compared, and one cell's request beside its decision."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import Any

from labsrv.kit.access.decisions import Decision
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.text import cut, plain
from labsrv.widgets.access.told import decision_shown, sentence
from labsrv.widgets.text import body_text

Row = dict[str, Any]
# A status, or a text that begins with one and goes on with what was shown: 200, "200:4/1".
Seen = int | str
Declared = tuple[str, str, str, Seen]

MOST_CELLS = 3_000
LONGEST_NAME = 120
LONGEST_BODY = 2_000


@dataclass(frozen=True)
class Cell:
    """One cell: who asks for what, what is declared, and what came of asking: a status, or more in a text.

    `observed` is None until it was asked, and where there was no answer; `problem` says why.
    """

    actor: str
    verb: str
    path: str
    expected: Seen
    observed: Seen | None = None
    exchange: Exchange | None = None
    decision: Decision | None = None
    problem: str = ""

    @property
    def state(self) -> str:
        """Return "agrees", "differs", "failed" or "not asked"."""
        if self.problem:
            return "failed"
        if self.observed is None:
            return "not asked"
        return "agrees" if self.observed == self.expected else "differs"

    def answered(self, result: Any) -> "Cell":
        """Return the cell with an answer: its `status`, or what it has `seen` where that is declared.

        An `exchange` and a `decision` are kept if there are any.
        """
        status = getattr(result, "status", None)
        if not isinstance(status, int) or isinstance(status, bool):
            return self.failed(f"Asking returned {result!r}, which has no status.")
        if status == 0:
            return self.failed(f"There was no answer: {result!r}")
        return replace(
            self,
            observed=int(status) if isinstance(self.expected, int) else name(str(getattr(result, "seen", status))),
            exchange=getattr(result, "exchange", None),
            decision=getattr(result, "decision", None),
            problem="",
        )

    def failed(self, problem: str) -> "Cell":
        """Return the cell without an answer, and why."""
        return replace(self, observed=None, exchange=None, decision=None, problem=sentence(problem))

    def __str__(self) -> str:
        """Return what is to be said of it, in a line."""
        found = self.problem or ("not asked yet" if self.observed is None else f"observed {self.observed}")
        return plain(f"{self.actor} {self.verb} {self.path}: expected {self.expected}, {found}")


def read_rows(rows: Iterable[Declared]) -> list[Cell]:
    """Return the cells of (actor, verb, path, what is expected), those of one path together.

    Raises `ValueError` for what is no such row, for a cell declared twice, and for more cells than can be shown.
    """
    cells: dict[tuple[str, str, str], Cell] = {}
    for row in rows:
        try:
            actor, verb, path, expected = row
        except (TypeError, ValueError):
            raise ValueError(f"A row is (actor, verb, path, expected status), unlike {row!r}.") from None
        if not all(isinstance(each, str) for each in (actor, verb, path)) or not is_status(expected):
            raise ValueError(f"Actor, verb and path are texts, what is expected begins with a status, unlike {row!r}.")
        if (actor, verb, path) in cells:
            raise ValueError(f"{actor} {verb} {path} is declared twice: leave one of the rows out.")
        cells[actor, verb, path] = Cell(actor, verb, path, expected)
    if len(cells) > MOST_CELLS:
        raise ValueError(f"{len(cells):,} cells are more than a matrix shows ({MOST_CELLS:,}): show some of the paths.")

    paths = list(dict.fromkeys(path for _, _, path in cells))
    verbs = list(dict.fromkeys((path, verb) for _, verb, path in cells))
    order = {each: place for place, each in enumerate(sorted(verbs, key=lambda each: paths.index(each[0])))}
    return sorted(cells.values(), key=lambda cell: order[cell.path, cell.verb])


def is_status(expected: Any) -> bool:
    """Say whether this is a status, or a text that begins with one."""
    return isinstance(expected, int) or (isinstance(expected, str) and expected[:3].isdigit())


def grid_of(cells: list[Cell]) -> Row:
    """Return the grid: actors across, each verb of each path down; in each place the number of its cell, or -1."""
    actors = list(dict.fromkeys(cell.actor for cell in cells))
    lines: dict[tuple[str, str], list[int]] = {}
    for place, cell in enumerate(cells):
        lines.setdefault((cell.path, cell.verb), [-1] * len(actors))[actors.index(cell.actor)] = place
    return {
        "actors": [name(each) for each in actors],
        "lines": [{"path": name(path), "verb": name(verb), "cells": line} for (path, verb), line in lines.items()],
        "expected": [cell.expected if isinstance(cell.expected, int) else name(cell.expected) for cell in cells],
    }


def counted(cells: list[Cell]) -> dict[str, int]:
    """Return how many cells are in each state."""
    states = [cell.state for cell in cells]
    return {state: states.count(state) for state in ("agrees", "differs", "failed", "not asked")}


def summary(cells: list[Cell]) -> str:
    """Return in one sentence how observed and declared compare."""
    count = counted(cells)
    parts = [f"{count['agrees']} of {len(cells)} cells as declared"]
    parts += [f"{count['differs']} {'differs' if count['differs'] == 1 else 'differ'}"] if count["differs"] else []
    parts += [f"{count['failed']} without an answer"] if count["failed"] else []
    parts += [f"{count['not asked']} not asked yet"] if count["not asked"] else []
    return ", ".join(parts) + "."


def cell_opened(place: int, cell: Cell) -> Row:
    """Return all there is to know of one cell: its request, its answer, its decision."""
    return {
        "cell": place,
        "actor": name(cell.actor),
        "verb": name(cell.verb),
        "path": name(cell.path),
        "expected": in_words(cell.expected),
        "observed": in_words(cell.observed) if cell.observed is not None else "",
        "state": cell.state,
        "problem": cell.problem,
        "request": request_shown(cell.exchange) if cell.exchange else None,
        "decision": decision_shown(cell.decision) if cell.decision else None,
    }


def request_shown(exchange: Exchange) -> Row:
    """Return a request and its answer: method, address, status, bodies cut."""
    return {
        "number": exchange.number,
        "who": name(exchange.who),
        "method": name(exchange.method),
        "url": sentence(exchange.url),
        "status": exchange.status,
        "sent": cut(plain(body_text(exchange.request_body)), LONGEST_BODY),
        "came": cut(plain(body_text(exchange.response_body)), LONGEST_BODY),
        "error": cut(plain(exchange.error or ""), LONGEST_BODY),
    }


def in_words(seen: Seen) -> str:
    """Return a status with its phrase (RFC 9110, 15), and what else was seen."""
    phrases = {each.value: each.phrase for each in HTTPStatus}
    status, more = str(seen)[:3], name(str(seen)[3:])
    return f"{status} {phrases.get(int(status), '')}".strip() + more


def name(text: str) -> str:
    """Return a name of a length that fits a cell, and is harmless to look at."""
    return cut(plain(text), LONGEST_NAME)
