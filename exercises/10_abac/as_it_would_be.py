"""Decide on a change by the document as it is, and as it would be.

What somebody may do to a document depends on what stands in it: its owner, its sensitivity, its state. A change changes
that. The first try asks about the document that is going to be there: so Mallory makes next year's prices harmless in
the same request in which she needs them to be. Asking about the old one alone is no better: she may edit a colleague's
draft, and makes herself its owner.

And between the decision and the write, somebody else may write: what was decided on is not what is there any more.
(OWASP ASVS 5.0, 8.2.3 and 15.4.2; CWE-915, CWE-639, CWE-367)
"""

from typing import Any

from labsrv.kit.store import Collection

Json = dict[str, Any]


def what_to_ask(old: Json, new: Json) -> list[list[Any]]:
    """Return the questions that the PDP is asked before a change: lists of an action and a document.

    `old` is a copy of the row as it is stored, with "_id", "owner", "sensitivity", "state", "text", … `new` is the same
    row with the changes that somebody wants to make. Every question has to be permitted, or nothing is written.

    what_to_ask(old, old | {"text": "Sweet."})  →  [["edit", …], ["edit", …]]
    """
    # TODO: To change a document is to "edit" it: the one that is there, and the one that would be. Whoever gives it
    #       another owner also has to be permitted to "hand_over" the one that is there. Whoever gives it another
    #       sensitivity, a lower or a higher one, also has to be permitted to "classify" the one that is there. No
    #       other action is asked for: "hand_over" and "classify" need a second proof, and editing does not.
    return [["edit", new]]


def store_change(documents: Collection, old: Json, new: Json) -> bool:
    """Write a change, and return whether it was written.

    `documents` is the store's table, `old` a copy of the row that was decided on, `new` what it shall be. Each row has
    a "version", which is one more after each change, whoever makes it; `new` still has that of `old`.
    The store in five operations: docs/store.md.
    """
    # TODO: Write to the row whose version is that of `old`, and to no other: looking and writing have to be one step
    #       of the store, for which `update_one(filter, change)` has a filter and `.matched_count`. The version becomes
    #       one more. Where the row has changed, or is gone, write nothing, and return False.
    changes = {name: value for name, value in new.items() if old.get(name) != value}
    documents.update_one({"_id": old["_id"]}, {"$set": changes})
    return True
