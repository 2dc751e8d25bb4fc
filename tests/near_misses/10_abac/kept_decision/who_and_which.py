"""Caught by: test_whoever_asks_and_for_what_is_as_it_was. Who and which, and not what is true of them."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    one, other = without_moment(kept["question"]), without_moment(question)
    names = ("subject", "action", "resource")
    return one["context"] == other["context"] and all(key(one[part]) == key(other[part]) for part in names)


def key(part: Json) -> tuple[Any, ...]:
    return part.get("type"), part.get("id"), part.get("name")


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
