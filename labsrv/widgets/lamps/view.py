"""The layers of a login as lamps, the ways out as buttons, and the proof of what a way out has left behind.

    Lamps(Doors(lab, lab.alice))

A lamp is on while this browser's cookie stands for a session. "Logged out? Prove it" presents every cookie and token
that was given out so far once more, where it belongs, and shows which of them still opens a door.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any, Protocol

import traitlets

from labsrv.kit.lifetime import Lifetime
from labsrv.kit.text import cut
from labsrv.widgets.base import View
from labsrv.widgets.pacing import Pace

MOST_ROWS = 100
LONGEST = 200

Row = dict[str, Any]


class HasDoors(Protocol):
    """What the view looks at."""

    ways: Mapping[str, str]
    lifetime: Lifetime | None

    def lamps(self) -> list[Row]:
        """Return the sessions: `name`, `layer`, `on`, `until` (words, or None); raises `LookupError` after the end."""

    def go(self, way: str) -> None:
        """Take one of the ways out."""

    def prove(self) -> list[Row]:
        """Present everything again: `what`, `whose`, `where`, `opens`, `until`."""

    def listen(self, changed: Callable[[Any], None]) -> Callable[[], None]:
        """Have somebody called whenever something may have changed; return what ends that."""


class Lamps(View):
    """Lamps, ways out, and the proof. `lamps` and `proof` are what is shown, `after` the way out that came before."""

    lamps: traitlets.List[Row] = traitlets.List().tag(sync=True)
    ways: traitlets.List[Any] = traitlets.List().tag(sync=True)
    proof: traitlets.List[Row] = traitlets.List().tag(sync=True)
    after = traitlets.Unicode().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)

    def __init__(self, doors: HasDoors, **options: Any):
        self.doors = doors
        super().__init__(ways=list(doors.ways.items()), **options)
        self.pace = Pace(self.look)
        self.pace.now()
        self.end = doors.listen(lambda _: self.pace.changed())
        self.on_msg(self.asked)
        self.lasts_as_long_as(doors.lifetime)

    def as_text(self) -> str:
        """Return the lamps, and the last proof, a line each."""
        lines = [f"{row['name']:14} {'on' if row['on'] else 'off':4} {row['layer']}" for row in self.lamps]
        lines += [f"Presented again after {self.after!r}:"] if self.proof else []
        return "\n".join(lines + [in_words(row) for row in self.proof])

    def look(self) -> None:
        """Show the lamps as they are; those of a stopped lab stay as they were, whatever the time is by now."""
        with suppress(LookupError):
            self.lamps = [short(row) for row in self.doors.lamps()]

    def asked(self, _: Any, wish: Any, __: Any) -> None:
        """Take a way out, or prove what it has left."""
        self.said = ""
        try:
            self.do(wish if isinstance(wish, dict) else {})
        except LookupError as error:
            self.said = str(error)
        else:
            self.pace.now()

    def do(self, wish: dict[str, Any]) -> None:
        """Do what was asked for; raises `LookupError` for what there is not."""
        match wish:
            case {"do": "go", "way": str(way)} if way in self.doors.ways:
                self.doors.go(way)
                self.after, self.proof = self.doors.ways[way], []
            case {"do": "prove"}:
                self.prove()
            case _:
                raise LookupError("The view asked for something that there is not.")

    def prove(self) -> None:
        """Present everything again."""
        self.proof = [short(row) for row in self.doors.prove()[-MOST_ROWS:]]
        if not self.proof:
            self.said = "Nothing was given out so far: log in first."

    def last_look(self) -> None:
        """Show the last lamps."""
        self.pace.now()

    def listen_no_more(self) -> None:
        """Have nobody call any more."""
        end, self.end = self.end, lambda: None
        end()

    def close(self) -> None:
        """Close the view, and stop listening."""
        self.pace.stop()
        super().close()


def short(row: Row) -> Row:
    """Return a row for the front end, its texts cut."""
    return {name: cut(value, LONGEST) if isinstance(value, str) else value for name, value in row.items()}


def in_words(row: Row) -> str:
    """Return one line of the proof."""
    says = f"opens, until {row['until']}" if row["until"] else "opens" if row["opens"] else "opens nothing"
    return f"{row['what']:26} {row['whose']:14} {row['where']:28} {says}"
