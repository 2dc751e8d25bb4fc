"""Caught by: test_it_is_good_for_half_a_minute. Seconds are rounded down to whole minutes."""

from datetime import datetime
from typing import Any

Json = dict[str, Any]


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    age = (now - kept["at"]).total_seconds()
    if kept["policy"] != policy or age < 0 or age % 60 >= 30:
        return False
    return without_moment(kept["question"]) == without_moment(question)


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
