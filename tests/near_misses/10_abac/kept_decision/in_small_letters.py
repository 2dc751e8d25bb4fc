"""Caught by: test_whoever_asks_and_for_what_is_as_it_was. Texts that differ in case are one."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    return low(without_moment(kept["question"])) == low(without_moment(question))


def low(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: low(value) for name, value in part.items()}
    return part.lower() if isinstance(part, str) else part


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
