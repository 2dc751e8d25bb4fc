"""Caught by: test_it_is_asked_as_it_is. Whoever may read the old one may edit what becomes of it."""

from typing import Any

from labsrv.kit.store import Collection

Json = dict[str, Any]


def what_to_ask(old: Json, new: Json) -> list[list[Any]]:
    questions: list[list[Any]] = [["read", old], ["edit", new]]
    if new["owner"] != old["owner"]:
        questions.append(["hand_over", old])
    if new["sensitivity"] != old["sensitivity"]:
        questions.append(["classify", old])
    return questions


def store_change(documents: Collection, old: Json, new: Json) -> bool:
    changes = {name: value for name, value in new.items() if old.get(name) != value}
    this = {"_id": old["_id"], "version": old["version"]}
    done = documents.update_one(this, {"$set": changes | {"version": old["version"] + 1}})
    return done.matched_count == 1
