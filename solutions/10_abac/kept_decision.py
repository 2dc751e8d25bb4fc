"""Say whether a kept decision may be used once more."""

from datetime import datetime, timedelta
from typing import Any

KEPT = timedelta(seconds=30)


def still_good(kept: dict[str, Any], question: dict[str, Any], policy: int, now: datetime) -> bool:
    """Return whether the same policy was asked the same question a moment ago (ASVS 5.0, 8.3.2; CWE-613).

    Every attribute is part of the question: of subject, action, resource and context; the moment alone goes on.
    """
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False

    return without_moment(kept["question"]) == without_moment(question)


def without_moment(question: dict[str, Any]) -> dict[str, Any]:
    """Return a question without the time at which it is asked."""
    context = {name: value for name, value in question.get("context", {}).items() if name != "now"}
    return question | {"context": context}
