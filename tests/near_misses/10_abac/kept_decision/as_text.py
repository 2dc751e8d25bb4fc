"""Caught by: test_whoever_asks_and_for_what_is_as_it_was. All is written down before it is compared, and "2" is 2."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    return as_text(without_moment(kept["question"])) == as_text(without_moment(question))


def as_text(part: Any) -> Any:
    return {name: as_text(value) for name, value in part.items()} if isinstance(part, dict) else str(part)


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
