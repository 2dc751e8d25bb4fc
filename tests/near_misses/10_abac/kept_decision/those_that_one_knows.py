"""Caught by: test_the_circumstances_are_as_they_were. Of the context, what is known by name is compared."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    return without_moment(kept["question"]) == without_moment(question)


NAMES = ("office_hours", "country", "address", "confirmed", "login_country", "device_trusted", "reason")


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name in NAMES}
    return question | {"context": context}
