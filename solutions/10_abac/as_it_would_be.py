"""Say what has to be permitted before a document is changed, and write to what it was decided on alone."""

from typing import Any

from labsrv.kit.store import Collection


def what_to_ask(old: dict[str, Any], new: dict[str, Any]) -> list[list[Any]]:
    """Return the questions, each an action and a document, all of which have to be permitted (CWE-915, CWE-639).

    Editing is asked of the document as it is and as it would be. A new owner or another sensitivity is more than that.
    """
    questions: list[list[Any]] = [["edit", old], ["edit", new]]
    if new["owner"] != old["owner"]:
        questions.append(["hand_over", old])
    if new["sensitivity"] != old["sensitivity"]:
        questions.append(["classify", old])

    return questions


def store_change(documents: Collection, old: dict[str, Any], new: dict[str, Any]) -> bool:
    """Return whether the change was written: to this version of the document alone (CWE-367).

    Between the decision and the write, somebody else may have handed it over or made it a secret.
    """
    this = {"_id": old["_id"], "version": old["version"]}
    done = documents.update_one(this, {"$set": new | {"version": old["version"] + 1}})
    return done.matched_count == 1
