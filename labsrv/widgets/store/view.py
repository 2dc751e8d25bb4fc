"""What a lab's database holds, live, with what the last request changed.

    StoreView(lab.db)
    StoreView(lab.db, collection="sessions")

A row added, a field changed and a row removed (struck through) stay marked until the next change.
Only the open collection's rows are sent, the last `MOST_SHOWN` of them, long values cut; a whole row on demand.
"""

import itertools
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import traitlets

from labsrv.kit.store import Store
from labsrv.kit.text import cut
from labsrv.widgets import show
from labsrv.widgets.base import View
from labsrv.widgets.pacing import Pace
from labsrv.widgets.store.changes import MISSING, CollectionChange, Document
from labsrv.widgets.store.watch import StoreWatch

MOST_SHOWN = 60
MOST_FIELDS = 40
MOST_COLLECTIONS = 40
LONGEST_CELL = 100
LONGEST_WHOLE = 4_000
# A value goes no deeper than anybody looks, and is no longer than is shown.
DEEPEST = 20

Row = dict[str, Any]


class StoreView(View):
    """The collections of a store. `table` is the open one's rows, `opened` one row in full."""

    LOOKS = frozenset({"open", "row", "look"})

    where = traitlets.Unicode().tag(sync=True)
    collections: traitlets.List[Any] = traitlets.List().tag(sync=True)
    table = traitlets.Dict().tag(sync=True)
    opened = traitlets.Dict().tag(sync=True)
    cause = traitlets.Unicode().tag(sync=True)
    trouble = traitlets.Unicode().tag(sync=True)

    def __init__(self, store: Store, *, collection: str = "", **options: Any):
        self.store = store
        self.chosen = collection
        # Whose collection was chosen stays with it; otherwise the view goes where something changes.
        self.follows = not collection
        self.row: str | None = None
        self.pace = Pace(self.update)
        super().__init__(where=store.where, **options)
        self.watch = StoreWatch(store, self.pace.changed, self.pace.lock)
        self.pace.now()
        self.on_msg(self.wished)
        self.lasts_as_long_as(store.lifetime)

    def as_text(self) -> str:
        """Return what each collection holds."""
        names = [self.chosen] if self.chosen and not self.follows else self.store.collections()
        return "\n".join(f"{name}\n{show.table_of(self.rows_of(name))!r}" for name in names)

    def rows_of(self, name: str) -> list[Document]:
        """Return the last rows of a collection, their values no longer than is shown."""
        found, _ = self.store.peek(name, last=MOST_SHOWN)
        return [{field: bounded(row[field]) for field in list(row)[:MOST_FIELDS]} for row in found]

    def update(self) -> None:
        """Send the front end what there is to see."""
        self.trouble, self.cause = self.watch.trouble, self.watch.cause()
        names = sorted(self.watch.rows)
        if self.chosen not in names or (self.follows and self.watch.changes and self.chosen not in self.watch.changes):
            self.chosen = next(iter(sorted(self.watch.changes)), names[0] if names else self.chosen)
        self.collections = [self.tab(name) for name in names[:MOST_COLLECTIONS]]
        self.table = self.shown(self.chosen)
        self.opened = self.whole(self.chosen, self.row)

    def tab(self, name: str) -> list[Any]:
        """Return a collection's name, size, and how many rows were added, changed and removed."""
        change = self.watch.changes.get(name, CollectionChange())
        counts = [len(change.added), len(change.changed), len(change.removed)]
        return [name, self.watch.totals.get(name, 0), *counts]

    def shown(self, name: str) -> Row:
        """Return the last rows of a collection, and those that the last step removed."""
        change = self.watch.changes.get(name, CollectionChange())
        rows = {**self.watch.rows.get(name, {}), **change.removed}
        touched = [key for key in rows if key in change.removed or key in change.changed or key in change.added]
        keys = set([*rows][-MOST_SHOWN:]) | set(touched[-MOST_SHOWN:])
        shown = {key: row for key, row in rows.items() if key in keys}
        fields = list(dict.fromkeys(each for row in shown.values() for each in row))[:MOST_FIELDS]
        return {
            "name": name,
            "fields": [cut(each, LONGEST_CELL) for each in fields],
            "rows": [row_of(key, row, fields, change) for key, row in shown.items()],
            "total": self.watch.totals.get(name, 0),
            "left_out": max(0, self.watch.totals.get(name, 0) + len(change.removed) - len(shown)),
        }

    def whole(self, name: str, key: str | None) -> Row:
        """Return one row with its values in full, {} if it is not there."""
        change = self.watch.changes.get(name, CollectionChange())
        row = {**change.removed, **self.watch.rows.get(name, {})}.get(key or "")
        if row is None:
            return {}

        fields = [[cut(each, LONGEST_CELL), cut(written(row[each]), LONGEST_WHOLE)] for each in row][:MOST_FIELDS]
        return {"key": key, "fields": fields}

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Open the collection or row that somebody chose; what is not there stays closed."""
        with self.pace.lock:
            match wish:
                case {"do": "open", "collection": str(name)} if name in self.watch.rows:
                    self.chosen, self.row, self.follows = name, None, False
                case {"do": "row", "key": str(key)}:
                    self.row = key or None
                case {"do": "look"}:
                    pass
                case _:
                    return
            self.pace.now()

    def last_look(self) -> None:
        """Show what was written last."""
        self.watch.look()
        self.pace.now()

    def listen_no_more(self) -> None:
        """Watch the store no more."""
        self.watch.end()

    def close(self) -> None:
        """Close the view, and stop listening."""
        self.pace.stop()
        super().close()


def row_of(key: str, row: Document, fields: Iterable[str], change: CollectionChange) -> Row:
    """Return a row as cells of text; a changed field comes with its former value."""
    former = change.changed.get(key, {})
    mark = "added" if key in change.added else "removed" if key in change.removed else "changed" if former else ""
    return {"key": key, "mark": mark, "cells": [cell(row, former, name) for name in fields]}


def cell(row: Document, former: Document, name: str) -> list[str]:
    """Return a field's value, and if it changed the former one, in brackets where there was none."""
    value = cut(written(row[name]), LONGEST_CELL) if name in row else ""
    if name not in former:
        return [value]

    was = "(nothing)" if former[name] is MISSING else cut(written(former[name]), LONGEST_CELL)
    # Two times within a second, or long texts that differ at their ends.
    return [value, was] if value != was else [tail(row.get(name)), tail(former[name])]


def tail(value: Any) -> str:
    """Return the end of a value, written exactly."""
    text = f"{value:%H:%M:%S}.{value.microsecond // 1000:03}" if isinstance(value, datetime) else written(value)
    return text if len(text) <= LONGEST_CELL else "…" + text[1 - LONGEST_CELL :]


def bounded(value: Any) -> Any:
    """Return a value as it is, or what is shown of it where it is long."""
    text = written(value)
    return value if len(text) <= LONGEST_WHOLE else cut(text, LONGEST_WHOLE)


def parts_of(values: Iterable[Any]) -> list[Any]:
    """Return as many parts of a value as are shown."""
    return list(itertools.islice(values, LONGEST_WHOLE // 2))


def written(value: Any, deep: int = 0) -> str:
    """Return a value as a person would write it: text as it is, times to the second, the rest as Python does."""
    if deep > DEEPEST:
        return "…"
    if isinstance(value, str):
        return value
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M:%S}"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {written(each, deep + 1)}" for name, each in parts_of(value.items())) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(written(each, deep + 1) for each in parts_of(value)) + "]"

    return "none" if value is None else str(value)
