"""Caught by: test_it_is_good_for_half_a_minute. `seconds` leaves the days out."""

from datetime import datetime
from typing import Any

Json = dict[str, Any]


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or (now - kept["at"]).seconds >= 30:
        return False
    return without_moment(kept["question"]) == without_moment(question)


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
