"""Caught by: test_looking_and_writing_are_one_step. A lock is held, of which others do not know."""

from threading import Lock
from typing import Any

from labsrv.kit.store import Collection

Json = dict[str, Any]
lock = Lock()


def what_to_ask(old: Json, new: Json) -> list[list[Any]]:
    questions: list[list[Any]] = [["edit", old], ["edit", new]]
    if new["owner"] != old["owner"]:
        questions.append(["hand_over", old])
    if new["sensitivity"] != old["sensitivity"]:
        questions.append(["classify", old])
    return questions


def store_change(documents: Collection, old: Json, new: Json) -> bool:
    changes = {name: value for name, value in new.items() if old.get(name) != value}
    with lock:
        now = documents.find_one({"_id": old["_id"], "version": old["version"]})
        if now is None:
            return False
        documents.replace_one({"_id": old["_id"]}, now | changes | {"version": now["version"] + 1})
        return True
