"""Caught by: test_what_was_decided_on_is_what_is_written_to. Written first, and taken back if it was another."""

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
    before = documents.find_one_and_update({"_id": old["_id"]}, {"$set": changes, "$inc": {"version": 1}})
    if before is None or before["version"] == old["version"]:
        return before is not None
    documents.replace_one({"_id": old["_id"]}, before)
    return False
