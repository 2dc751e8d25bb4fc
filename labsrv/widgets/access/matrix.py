"""Actors, endpoints and verbs: the status that is declared beside the one that was observed, by really asking.

    AccessMatrix(rows, ask)              rows of (actor, verb, path, expected status); or a text: "200:4/1"
    ask(actor, verb, path)               an answer with `status`, its `exchange`, and perhaps the `decision`; with the
                                         text as `seen`, where one is expected

All cells are asked when the view is made, and again on demand. A cell opens its request and its decision.
"""

import threading
from collections.abc import Callable, Iterable
from typing import Any

import traitlets

from labsrv.kit.errors import SaidPlainly
from labsrv.kit.lifetime import newest
from labsrv.kit.text import cut, plain
from labsrv.widgets.access.cells import Cell, Declared, cell_opened, grid_of, read_rows, summary
from labsrv.widgets.access.told import decision_in_words
from labsrv.widgets.base import View, source
from labsrv.widgets.pacing import Pace

LONGEST_TITLE = 120


class AccessMatrix(View):
    """A matrix of cells that were really asked. `cells` has each with its exchange and decision, for code to look at.

    With `asks=False` nothing is asked until somebody presses the button, or calls `ask_again`.
    """

    _esm = source(__file__, "decision.js", "matrix.js")
    _css = source(__file__, "decision.css", "matrix.css")

    LOOKS = frozenset({"open", "shut"})

    grid = traitlets.Dict().tag(sync=True)
    observed: traitlets.List[Any] = traitlets.List().tag(sync=True)
    summary = traitlets.Unicode().tag(sync=True)
    asked = traitlets.Int(0).tag(sync=True)
    asking = traitlets.Bool(False).tag(sync=True)
    opened = traitlets.Dict().tag(sync=True)
    title = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    # Tells a click from one that came too late.
    count = traitlets.Int(0).tag(sync=True)

    def __init__(
        self,
        rows: Iterable[Declared],
        ask: Callable[[str, str, str], Any],
        *,
        title: str = "Who may do what: declared and observed",
        asks: bool = True,
        **options: Any,
    ):
        self.cells = read_rows(rows)
        self.ask = ask
        self.lock = threading.Lock()
        self.pace = Pace(self.look)
        self.busy, self.asked_so_far, self.problem = False, 0, ""
        super().__init__(grid=grid_of(self.cells), title=cut(plain(title), LONGEST_TITLE), **options)
        self.look()
        self.on_msg(self.wished)
        self.lasts_as_long_as(newest())
        if asks:
            self.ask_again()

    @property
    def differing(self) -> list[Cell]:
        """Return the cells that are not as declared, those without an answer included."""
        return [cell for cell in self.cells if cell.state in ("differs", "failed")]

    def as_text(self) -> str:
        """Return the summary, then what differs, then all cells path by path, then the cell that is open."""
        lines = [self.title, self.summary, *(f"  ≠ {cell}" for cell in self.differing)]
        actors = self.grid["actors"]
        wide = max(len(f"{line['verb']} {line['path']}") for line in self.grid["lines"]) if self.cells else 0
        columns = [max(9, len(actor)) for actor in actors]
        pairs = zip(actors, columns, strict=True)
        lines.append(" ".join([" " * wide, *(f"{actor:>{column}}" for actor, column in pairs)]).rstrip())
        for line in self.grid["lines"]:
            found = [self.in_a_word(place) for place in line["cells"]]
            words = [f"{word:>{column}}" for word, column in zip(found, columns, strict=True)]
            lines.append(" ".join([f"{line['verb']} {line['path']}".ljust(wide), *words]).rstrip())
        return "\n".join([*lines, *self.opened_in_words(), *([self.said] if self.said else [])])

    def in_a_word(self, place: int) -> str:
        """Return a cell in a word: 200, or 200≠403 for what was observed and what was declared."""
        if place < 0:
            return "·"
        cell = self.cells[place]
        return {"agrees": f"{cell.observed}", "differs": f"{cell.observed}≠{cell.expected}",
                "failed": f"!≠{cell.expected}"}.get(cell.state, f"?{cell.expected}")  # fmt: skip

    def opened_in_words(self) -> list[str]:
        """Return the cell that is open: its request and its decision."""
        cell = self.opened
        if not cell:
            return []
        lines = [f"{cell['actor']} {cell['verb']} {cell['path']}: expected {cell['expected']}, "
                 f"observed {cell['observed'] or cell['problem'] or 'nothing yet'}"]  # fmt: skip
        if cell["request"]:
            request = cell["request"]
            lines.append(f"  #{request['number']} {request['method']} {request['url']} → {request['status']}")
        return lines + [f"  {line}" for line in (decision_in_words(cell["decision"]) if cell["decision"] else [])]

    # Asking.

    def ask_again(self) -> None:
        """Ask every cell once, one after the other; while that goes on, asking again changes nothing.

        Where no cell at all was answered, as when the lab was stopped, the view says why and keeps what it had.
        """
        if not self.lock.acquire(blocking=False):
            return
        before = self.cells
        try:
            self.begin()
            for place, cell in enumerate(self.cells):
                self.cells[place] = ask_one(self.ask, cell)
                self.asked_so_far = place + 1
                self.pace.changed()
        finally:
            if all(cell.state in ("failed", "not asked") for cell in self.cells):
                self.keep(before)
            self.busy = False
            self.pace.now()
            self.lock.release()

    def begin(self) -> None:
        """Forget what was observed."""
        self.cells = [Cell(cell.actor, cell.verb, cell.path, cell.expected) for cell in self.cells]
        self.busy, self.asked_so_far, self.problem, self.opened = True, 0, "", {}
        self.pace.now()

    def keep(self, before: list[Cell]) -> None:
        """Say that no cell was answered, and show again what was observed before."""
        why = next((cell.problem for cell in self.cells if cell.problem), "It was interrupted.")
        self.problem = f"No cell was answered. {why}"
        if any(cell.observed is not None for cell in before):
            self.cells = before

    def look(self) -> None:
        """Show how far it is; numbers alone, since the grid stays the same."""
        with self.hold_sync():
            self.observed = [cell.observed if not cell.problem else -1 for cell in self.cells]
            self.asked, self.asking, self.said = self.asked_so_far, self.busy, self.problem
            self.summary = summary(self.cells)
            self.count += 1

    # Opening.

    def open_cell(self, actor: str, verb: str, path: str) -> None:
        """Open one cell; raises `LookupError` for one that there is not."""
        for place, cell in enumerate(self.cells):
            if (cell.actor, cell.verb, cell.path) == (actor, verb, path):
                self.opened = cell_opened(place, cell)
                return

        raise LookupError(f"No cell for {actor} {verb} {path}: the actors are {', '.join(self.grid['actors'])}.")

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Do what somebody did in the view; what is none of these, and what came too late, is ignored."""
        match wish:
            case {"do": "ask", "count": count} if count == self.count:
                self.ask_again()
            case {"do": "open", "cell": int(place)} if 0 <= place < len(self.cells):
                self.opened = cell_opened(place, self.cells[place])
            case {"do": "shut"}:
                self.opened = {}

    def close(self) -> None:
        """End the view."""
        self.pace.stop()
        super().close()


def ask_one(ask: Callable[[str, str, str], Any], cell: Cell) -> Cell:
    """Return a cell with its answer, or with the reason why there is none."""
    try:
        return cell.answered(ask(cell.actor, cell.verb, cell.path))
    except SaidPlainly as error:
        return cell.failed(str(error))
    except Exception as error:
        return cell.failed(f"Asking raised {type(error).__name__}: {error}")
