"""Caught by: test_the_circumstances_are_as_they_were. What is called now within an attribute is left out as well."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    return without_moment(kept["question"]) == without_moment(question)


def without_moment(question: Json) -> Json:
    return question | {"context": plain(question.get("context", {}))}


def plain(part: Any) -> Any:
    return {name: plain(value) for name, value in part.items() if name != "now"} if isinstance(part, dict) else part
