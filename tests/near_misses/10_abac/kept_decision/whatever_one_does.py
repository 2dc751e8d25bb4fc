"""Caught by: test_whoever_asks_and_for_what_is_as_it_was. To read and to delete is one question."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    one, other = without_moment(kept["question"]), without_moment(question)
    return one | {"action": None} == other | {"action": None}


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
