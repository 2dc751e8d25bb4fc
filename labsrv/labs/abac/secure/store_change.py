"""Write a change to what it was decided on, and to nothing else."""

from typing import Any

from labsrv.kit.store import Collection


def store_change(documents: Collection, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Return whether the change was written: to this version of the document alone (CWE-367).

    Between the decision and the write, somebody else may have handed it over or made it a secret.
    """
    changes = {name: value for name, value in new.items() if old.get(name) != value}
    this = {"_id": old["_id"], "version": old["version"]}
    done = documents.update_one(this, {"$set": changes | {"version": old["version"] + 1}})
    return done.matched_count == 1
