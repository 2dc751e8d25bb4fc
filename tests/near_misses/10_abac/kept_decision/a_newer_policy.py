"""Caught by: test_the_policy_is_as_it_was. What an older policy has decided is old; a newer one is not looked for."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] < policy or not now - KEPT < kept["at"] <= now:
        return False
    return without_moment(kept["question"]) == without_moment(question)


def without_moment(question: Json) -> Json:
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
