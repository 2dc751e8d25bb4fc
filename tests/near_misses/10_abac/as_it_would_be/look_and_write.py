"""Caught by: test_looking_and_writing_are_one_step. The row is looked at once more, and then written to."""

from typing import Any

from labsrv.kit.store import Collection

Json = dict[str, Any]


def what_to_ask(old: Json, new: Json) -> list[list[Any]]:
    questions: list[list[Any]] = [["edit", old], ["edit", new]]
    if new["owner"] != old["owner"]:
        questions.append(["hand_over", old])
    if new["sensitivity"] != old["sensitivity"]:
        questions.append(["classify", old])
    return questions


def store_change(documents: Collection, old: Json, new: Json) -> bool:
    changes = {name: value for name, value in new.items() if old.get(name) != value}
    now = documents.find_one({"_id": old["_id"]})
    if now is None or now["version"] != old["version"]:
        return False
    done = documents.update_one({"_id": old["_id"]}, {"$set": changes, "$inc": {"version": 1}})
    return done.matched_count == 1
