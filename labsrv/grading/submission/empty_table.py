"""A table in which there is never anything, for decisions that want one and are called by themselves.

`decision.often("issue_link", 2000, decision.EMPTY_TABLE, "alice", …)`: what is put into it is gone.
"""

from typing import Any

from bson import ObjectId

from labsrv.kit.store.collection import Collection, Document

EMPTY_TABLE = {"an empty table": True}


def with_tables(args: list[Any]) -> list[Any]:
    """Return a decision's arguments, with a table in the place of what stands for one."""
    return [Collection("nothing", nothing_there) if each == EMPTY_TABLE else each for each in args]


def nothing_there(_: str, operation: str, *args: Any, **options: Any) -> Any:
    """Return what an operation returns where it finds nothing, in the plain values of `OPERATIONS`."""
    if operation == "insert_one":
        return args[0]["_id"]
    if operation == "insert_many":
        return [each["_id"] for each in args[0]]
    if operation.startswith("find_one"):
        return upserted(*args) if options.get("upsert") and options.get("return_document") else None
    if operation in ("find", "distinct"):
        return []
    if operation == "count_documents":
        return 0

    nothing = {"n": 0, "nModified": 0}
    return nothing | {"upserted": ObjectId()} if options.get("upsert") else nothing


def upserted(filter: Document, change: Document) -> Document:
    """Return the row that there is now, as far as it can be told from what was asked for and set."""
    row = {name: value for name, value in filter.items() if not isinstance(value, dict) and not name.startswith("$")}
    for name, value in change.items():
        row |= value if name in ("$set", "$setOnInsert", "$inc") else {} if name.startswith("$") else {name: value}
    return {"_id": ObjectId(), **row}
