"""Caught by: test_whoever_asks_and_for_what_is_as_it_was. What is new is not looked at."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    return holds(without_moment(kept["question"]), without_moment(question))


def holds(one: Any, other: Any) -> bool:
    if isinstance(one, dict) and isinstance(other, dict):
        return all(name in other and holds(value, other[name]) for name, value in one.items())
    return bool(one == other)


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
