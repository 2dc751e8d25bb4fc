"""A collection of the store, with pymongo's operations, signatures and results.

It turns each operation into plain values (`run`), which mongomock, a MongoDB server or the other end of a pipe answers.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, NoReturn

from bson import ObjectId
from pymongo.results import DeleteResult, InsertManyResult, InsertOneResult, UpdateResult

Document = dict[str, Any]
Filter = Mapping[str, Any]
Sort = Iterable[tuple[str, int]]
Run = Callable[..., Any]

READS = {"find_one", "find", "count_documents", "distinct"}


def counts(result: Any) -> Document:
    """Return what an update or replace did, in the words that MongoDB uses for it."""
    done = {"n": result.matched_count, "nModified": result.modified_count}
    return done | {"upserted": result.upserted_id} if result.upserted_id is not None else done


# What each operation gives back, as plain values that also cross a pipe.
OPERATIONS: dict[str, Callable[[Any], Any]] = {
    "find_one": lambda row: row,
    "find": list,
    "insert_one": lambda result: result.inserted_id,
    "insert_many": lambda result: result.inserted_ids,
    "update_one": counts,
    "update_many": counts,
    "replace_one": counts,
    "find_one_and_update": lambda row: row,
    "find_one_and_delete": lambda row: row,
    "find_one_and_replace": lambda row: row,
    "delete_one": lambda result: {"n": result.deleted_count},
    "delete_many": lambda result: {"n": result.deleted_count},
    "count_documents": int,
    "distinct": list,
    "create_index": str,
}
ROWS = set(OPERATIONS) - {"create_index"}  # what returns or changes rows
WRITES = ROWS - READS


class Collection:
    """A table of documents. `find` returns a list."""

    def __init__(self, name: str, run: Run):
        self.name = name
        self._run_operation = run

    def _run(self, operation: str, *args: Any, **options: Any) -> Any:
        # Only what was asked for goes along: mongomock and pymongo differ in the defaults they accept.
        asked = {name: value for name, value in options.items() if value is not None}
        return self._run_operation(self.name, operation, *args, **asked)

    def find_one(
        self, filter: Any = None, projection: Any = None, *, sort: Sort | None = None, skip: int | None = None
    ) -> Any:
        """Return the first document that matches, or None."""
        return self._run("find_one", filter, projection=projection, sort=pairs(sort), skip=skip)

    def find(
        self,
        filter: Filter | None = None,
        projection: Any = None,
        *,
        sort: Sort | None = None,
        limit: int | None = None,
        skip: int | None = None,
    ) -> list[Document]:
        """Return the documents that match."""
        found: list[Document] = self._run(
            "find", filter, projection=projection, sort=pairs(sort), limit=limit, skip=skip
        )
        return found

    def insert_one(self, document: Document) -> InsertOneResult:
        """Insert a document; it gets an `_id` when it has none. Raises `DuplicateKeyError`."""
        document.setdefault("_id", ObjectId())
        return InsertOneResult(self._run("insert_one", document), True)

    def insert_many(self, documents: Iterable[Document], ordered: bool = True) -> InsertManyResult:
        """Insert documents; each gets an `_id` when it has none. Raises `BulkWriteError`."""
        documents = list(documents)
        for document in documents:
            document.setdefault("_id", ObjectId())
        return InsertManyResult(self._run("insert_many", documents, ordered=ordered), True)

    def update_one(self, filter: Filter, update: Any, upsert: bool = False) -> UpdateResult:
        """Change the first document that matches."""
        return UpdateResult(self._run("update_one", filter, update, upsert=upsert), True)

    def update_many(self, filter: Filter, update: Any, upsert: bool = False) -> UpdateResult:
        """Change every document that matches."""
        return UpdateResult(self._run("update_many", filter, update, upsert=upsert), True)

    def replace_one(self, filter: Filter, replacement: Filter, upsert: bool = False) -> UpdateResult:
        """Put another document in the place of the first that matches."""
        return UpdateResult(self._run("replace_one", filter, replacement, upsert=upsert), True)

    def find_one_and_update(
        self,
        filter: Filter,
        update: Any,
        projection: Any = None,
        sort: Sort | None = None,
        upsert: bool = False,
        return_document: bool = False,
    ) -> Any:
        """Change the first document that matches, and return it as it was, or with `return_document` as it is."""
        options = {"projection": projection, "sort": pairs(sort), "upsert": upsert, "return_document": return_document}
        return self._run("find_one_and_update", filter, update, **options)

    def find_one_and_replace(
        self,
        filter: Filter,
        replacement: Filter,
        projection: Any = None,
        sort: Sort | None = None,
        upsert: bool = False,
        return_document: bool = False,
    ) -> Any:
        """Replace the first document that matches, and return it as it was, or with `return_document` as it is."""
        options = {"projection": projection, "sort": pairs(sort), "upsert": upsert, "return_document": return_document}
        return self._run("find_one_and_replace", filter, replacement, **options)

    def find_one_and_delete(self, filter: Filter, projection: Any = None, sort: Sort | None = None) -> Any:
        """Remove the first document that matches and return it, or None; no two callers get the same one."""
        return self._run("find_one_and_delete", filter, projection=projection, sort=pairs(sort))

    def delete_one(self, filter: Filter) -> DeleteResult:
        """Remove the first document that matches."""
        return DeleteResult(self._run("delete_one", filter), True)

    def delete_many(self, filter: Filter) -> DeleteResult:
        """Remove every document that matches."""
        return DeleteResult(self._run("delete_many", filter), True)

    def count_documents(self, filter: Filter, *, limit: int | None = None, skip: int | None = None) -> int:
        """Count the documents that match."""
        return int(self._run("count_documents", filter, limit=limit, skip=skip))

    def distinct(self, key: str, filter: Filter | None = None) -> list[Any]:
        """Return the different values of a field."""
        return list(self._run("distinct", key, filter=filter))

    def create_index(self, keys: str | Sort, **options: Any) -> str:
        """Make an index, for instance `create_index("email", unique=True)`, and return its name."""
        return str(self._run("create_index", keys if isinstance(keys, str) else pairs(keys), **options))

    def __getattr__(self, name: str) -> NoReturn:
        raise AttributeError(f"A collection has no {name!r} here. It has {', '.join(OPERATIONS)}.")

    def __repr__(self) -> str:
        return f"<Collection {self.name}>"


def pairs(sort: Sort | None) -> list[tuple[str, int]] | None:
    """Return an order as pairs, whatever it was given as; None stays None."""
    return None if sort is None else [(field, direction) for field, direction in sort]
