"""Caught by: test_it_is_good_for_half_a_minute. At thirty seconds it is good once more."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT <= kept["at"] <= now:
        return False
    return without_moment(kept["question"]) == without_moment(question)


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
