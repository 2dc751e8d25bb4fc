"""The lab's database: MongoDB as far as a lab needs it.

    store.sessions.insert_one({"_id": "f00d", "user": "alice"})
    store.sessions.find({"user": "alice"}, sort=[("created_at", 1)])

It is kept in memory by mongomock, or by the MongoDB or FerretDB at `AUTHLAB_MONGODB_URI`, in a database of its own.
Collections have pymongo's operations, signatures and results; what they return is a copy; datetimes are aware, in UTC.
mongomock is not atomic under threads, so in memory one operation runs at a time.
"""

import os
import re
import secrets
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack
from typing import TYPE_CHECKING, Any

from bson import ObjectId
from pymongo.errors import ConnectionFailure, PyMongoError

from labsrv.kit.lifetime import Lifetime
from labsrv.kit.store.collection import OPERATIONS, ROWS, WRITES, Collection, Document
from labsrv.kit.store.gate import Gate, Hold, InTurn, Point, armed
from labsrv.kit.store.server import URI, Ask, StoreUnavailable, ask_plainly, no_answer, open_server

if TYPE_CHECKING:
    from labsrv.kit.http.traffic import Traffic


class Store:
    """Collections by name: `store.sessions`, `store["sessions"]`. `.where` says what keeps them.

    `listeners` are called with a collection's name after each operation that writes to it, by the thread that wrote,
    and with "" when the store is closed. `caused_by` is the traffic that leads to writing, where there is one.
    """

    caused_by: "Traffic | None" = None
    lifetime: Lifetime | None = None  # that of the lab whose store it is

    def __init__(
        self, client: Any, database: str, where: str, lock: AbstractContextManager[Any], ask: Ask = ask_plainly
    ):
        self.where = where
        self._ask = ask
        self.listeners: list[Callable[[str], None]] = []
        self._client = client
        self._database = client[database]
        self._reaching = Reaching(where)
        self._visited: dict[str, Any] = {}
        self._lock = lock
        self._points: dict[str, list[Point]] = {}

    def run(self, collection: str, operation: str, *args: Any, **options: Any) -> Any:
        """Carry out an operation of `OPERATIONS`, and wait at the points armed on this collection."""
        points = tuple(self._points.get(collection, ())) if operation in ROWS else ()
        for point in points:
            point.before()
        with ExitStack() as afterwards:
            for point in reversed(points):
                afterwards.callback(point.after)
            return self._carry_out(collection, operation, *args, **options)

    def _carry_out(self, collection: str, operation: str, *args: Any, **options: Any) -> Any:
        plain = OPERATIONS[operation]
        if options.get("upsert"):
            scatter_ids()
        with self._lock, self._reaching:
            answer = plain(self._ask(self._there(collection), operation, args, options))

        if operation in WRITES:
            self._tell(collection)
        return answer

    def peek(self, collection: str, filter: Any = None, *, last: int = 0) -> tuple[list[Document], int]:
        """Return the (last) documents that match, and how many do. For onlookers: no gate counts it."""
        with self._lock, self._reaching:
            there = self._there(collection)
            many = int(there.count_documents(filter or {}))
            return list(there.find(filter or {}, skip=max(0, many - last) if last else 0)), many

    def _there(self, collection: str) -> Any:
        """Return the collection itself; the client would build another one each time."""
        if collection not in self._visited:
            self._visited[collection] = self._database[collection]
        return self._visited[collection]

    @property
    def closed(self) -> bool:
        """Return whether the store was closed: there is nothing in it any more."""
        return self._client is None

    def _tell(self, collection: str) -> None:
        for listen in tuple(self.listeners):
            listen(collection)

    def collections(self) -> list[str]:
        """Return the names of the collections, sorted."""
        with self._lock, self._reaching:
            return sorted(self._database.list_collection_names())

    def dump(self) -> dict[str, list[Document]]:
        """Return everything there is: what whoever steals the database sees."""
        return {name: self[name].find() for name in self.collections()}

    def clear(self) -> None:
        """Remove every collection."""
        for name in self.collections():
            with self._lock, self._reaching:
                self._database.drop_collection(name)
            self._tell(name)

    def close(self) -> None:
        """Drop the database and let go of the server."""
        if self._client is None:
            return
        client, self._client = self._client, None
        try:
            client.drop_database(self._database.name)
        except PyMongoError:
            pass  # A server that went away took nothing of ours along that still matters.
        finally:
            client.close()
            self._tell("")

    def gate(
        self, collection: str, *, readers: int = 2, patience: float = 0.5, rounds: float = 1
    ) -> AbstractContextManager[Gate]:
        """Let the first operations on a collection meet after they were done, for `patience` seconds at the most; the
        ones after them as well, if there are more rounds.
        """
        return armed(self._points.setdefault(collection, []), Gate(readers, patience, rounds))

    def in_turn(self, collection: str, *, patience: float = 0.5) -> AbstractContextManager[InTurn]:
        """Let threads that join take turns at a collection; one waits for `patience` seconds at the most."""
        return armed(self._points.setdefault(collection, []), InTurn(patience))

    def hold(self, collection: str, *, nth: int = 1, patience: float = 1.0) -> AbstractContextManager[Hold]:
        """Let the nth operation on a collection wait after it was done, until `release()` or for `patience` seconds."""
        return armed(self._points.setdefault(collection, []), Hold(nth, patience))

    def __getitem__(self, name: str) -> Collection:
        return Collection(name, self.run)

    def __getattr__(self, name: str) -> Collection:
        if name.startswith("_"):
            raise AttributeError(name)
        return self[name]

    def __repr__(self) -> str:
        return f"<Store {self.where}>"


class Reaching:
    """InTurn pymongo's account of a lost server into `StoreUnavailable`."""

    def __init__(self, where: str):
        self.where = where

    def __enter__(self) -> None:
        pass

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> None:
        if isinstance(error, ConnectionFailure):
            raise StoreUnavailable(no_answer(self.where)) from None


def scatter_ids() -> None:
    """Let the next id that is made in this process be anywhere: a counter would say how many were made before."""
    with ObjectId._inc_lock:
        ObjectId._inc = secrets.randbelow(1 << 24)


def open_store(name: str = "lab") -> Store:
    """Return an empty store: in memory, or in the MongoDB at `AUTHLAB_MONGODB_URI`. Raises `StoreUnavailable`."""
    uri = os.environ.get(URI, "").strip()
    if uri:
        client, where, ask, lock = open_server(uri)
        # A database of its own, so that two labs, and two runs, never meet.
        database = f"authlab_{re.sub('[^a-z0-9]', '_', name.lower())[:20]}_{os.getpid()}_{secrets.token_hex(4)}"
        return Store(client, database, where, lock, ask)

    import mongomock  # Here, since a process that has its store at the other end of a pipe does not need it.

    return Store(mongomock.MongoClient(tz_aware=True), "lab", "in memory", threading.Lock())
