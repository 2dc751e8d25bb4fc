"""An access matrix that is really asked: one cell's answer, and tables that are put back between two cells."""

from dataclasses import dataclass, fields
from typing import Any

from labsrv.kit.http.traffic import Exchange
from labsrv.kit.store import Store


@dataclass(frozen=True)
class ObservedCell:
    """One actor's request: what is declared and what was observed, each a status and how much is shown (`200:4/1`).

    `way` says what is odd about the request; `changed` names the tables that have changed.
    """

    actor: str
    request: str
    endpoint: str
    method: str
    way: str
    expected: str
    observed: str
    changed: tuple[str, ...]
    exchange: Exchange

    @property
    def as_declared(self) -> bool:
        """Return whether the answer is the one that is declared."""
        return self.expected == self.observed

    def row(self) -> dict[str, Any]:
        """Return the cell as plain data, with the number of its exchange."""
        plain = {each.name: getattr(self, each.name) for each in fields(self)}
        return plain | {
            "changed": list(self.changed),
            "as_declared": self.as_declared,
            "exchange": self.exchange.number,
        }


class KeptTables:
    """A store's tables as they are now, to be put back: at the end of a `with`, and whenever one says so.

    `noted` are those that note each request: they are put back, and are no change.
    """

    def __init__(self, db: Store, names: tuple[str, ...], noted: tuple[str, ...] = ()):
        self.db, self.noted = db, noted
        self.rows = {name: db[name].find() for name in names}
        self.written: set[str] = set()

    def __enter__(self) -> "KeptTables":
        self.watch()
        return self

    def __exit__(self, *error: object) -> None:
        self.put_back()
        self.db.listeners.remove(self.written.add)

    def watch(self) -> "KeptTables":
        """Note from now on which tables are written to."""
        self.db.listeners.append(self.written.add)
        return self

    def changed(self) -> tuple[str, ...]:
        """Return the tables that are not as they were."""
        asked = [name for name in self.rows if name in self.written and name not in self.noted]
        return tuple(name for name in asked if by_key(self.db[name].find()) != by_key(self.rows[name]))

    def put_back(self) -> None:
        """Let the tables that were written to be as they were."""
        for name, rows in self.rows.items():
            if name in self.written:
                self.db[name].delete_many({})
                if rows:
                    self.db[name].insert_many([dict(row) for row in rows])
        self.written.clear()


def by_key(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows in the order of their keys."""
    return sorted(rows, key=lambda row: str(row["_id"]))
