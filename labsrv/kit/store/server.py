"""A database server for labs: a MongoDB, or a FerretDB, which speaks MongoDB's protocol and differs in a few places.

What differs is evened out here (FerretDB 1.24): a conditional update is carried out in two steps there, so that two at
once both find the condition true; `find_one_and_…` knows no projection; a pattern has no flag for Unicode. Of two
upserts at once, one may be told that the row is there by now: it is asked once more, as MongoDB's manual says.
"""

import re
import threading
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING, Any

from bson.regex import Regex
from pymongo.errors import ConnectionFailure, DuplicateKeyError, OperationFailure, PyMongoError

from labsrv.kit.errors import SaidPlainly

if TYPE_CHECKING:
    from pymongo import MongoClient

URI = "AUTHLAB_MONGODB_URI"
PATIENCE_MS = 2000

Ask = Callable[[Any, str, tuple[Any, ...], dict[str, Any]], Any]


class StoreUnavailable(SaidPlainly):
    """The database cannot be reached, with a sentence that says what to do."""


def open_server(uri: str) -> tuple["MongoClient[Any]", str, Ask, AbstractContextManager[Any]]:
    """Return a client, what it talks to, how it is asked, what lets one in at a time. Raises `StoreUnavailable`."""
    from pymongo import MongoClient

    where = f"MongoDB at {hosts(uri)}"
    client: MongoClient[Any] | None = None
    try:
        client = MongoClient(uri, tz_aware=True, serverSelectionTimeoutMS=PATIENCE_MS, connectTimeoutMS=PATIENCE_MS)
        client.admin.command("ping")
        if is_ferretdb(client):
            return client, f"FerretDB at {hosts(uri)}", ask_ferretdb, threading.Lock()
        return client, where, ask_mongodb, nullcontext()
    except (PyMongoError, ValueError, TypeError) as error:
        if client is not None:
            client.close()
        sentence = refusal(error, where)

    # Raised out here, so that no traceback carries pymongo's words: they may quote the address with its password.
    raise StoreUnavailable(sentence)


def is_ferretdb(client: "MongoClient[Any]") -> bool:
    """Return whether a server says that it is a FerretDB; one that does not tell is none."""
    try:
        return "ferretdbVersion" in client.admin.command("buildInfo")
    except OperationFailure:
        return False


def ask_plainly(there: Any, operation: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """Return what a collection answers."""
    return getattr(there, operation)(*args, **options)


def ask_mongodb(there: Any, operation: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """Return what a collection answers; an upsert that somebody else was before is asked once more."""
    try:
        return ask_plainly(there, operation, args, options)
    except DuplicateKeyError:
        if not options.get("upsert"):
            raise
    return ask_plainly(there, operation, args, options)


def ask_ferretdb(there: Any, operation: str, args: tuple[Any, ...], options: dict[str, Any]) -> Any:
    """Return what a collection of FerretDB answers."""
    args, options = tuple(without_unicode(each) for each in args), without_unicode(options)
    if not operation.startswith("find_one_and_") or "projection" not in options:
        return ask_mongodb(there, operation, args, options)

    wanted = options.pop("projection")
    row = ask_mongodb(there, operation, args, options)
    return row if row is None else projected(row, wanted)


def without_unicode(value: Any) -> Any:
    """Return a value whose patterns have no flag for Unicode: that is how a server reads them anyway."""
    if isinstance(value, re.Pattern):
        return Regex(value.pattern, value.flags & ~re.UNICODE)
    if isinstance(value, Mapping):
        return {name: without_unicode(each) for name, each in value.items()}
    return [without_unicode(each) for each in value] if isinstance(value, list) else value


def projected(row: dict[str, Any], wanted: Any) -> Any:
    """Return the fields of a row that a projection wants."""
    import mongomock

    rows: Any = mongomock.MongoClient(tz_aware=True).of_one.rows
    rows.insert_one(row)
    return rows.find_one({}, wanted)


def refusal(error: Exception, where: str) -> str:
    """Return in one sentence why the server cannot be used, and what to do."""
    if isinstance(error, ConnectionFailure):
        return no_answer(where)
    if isinstance(error, OperationFailure):
        return f"{where} refused the name or password in {URI}; correct it, or unset it to keep the store in memory."

    return f"{URI} is not an address like mongodb://host:port; correct it, or unset it to keep the store in memory."


def no_answer(where: str) -> str:
    """Return the sentence on a server that is not there, and what to do."""
    return f"{where} does not answer; start it, or unset {URI} to keep the store in memory."


def hosts(uri: str) -> str:
    """Return the host and port of a MongoDB address, without the name and password before them."""
    return re.split(r"[/?]", uri.split("://", 1)[-1].rsplit("@", 1)[-1], maxsplit=1)[0]
