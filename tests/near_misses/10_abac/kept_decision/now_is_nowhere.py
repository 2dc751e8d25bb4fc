"""Caught by: test_whoever_asks_and_for_what_is_as_it_was. What is called now is left out wherever it stands."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    return without_moment(kept["question"]) == without_moment(question)


def without_moment(part: Any) -> Any:
    if isinstance(part, dict):
        return {name: without_moment(value) for name, value in part.items() if name != "now"}
    return part
