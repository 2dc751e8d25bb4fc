"""Caught by: test_the_circumstances_are_as_they_were. Who and what is compared, and not where and when."""

from datetime import datetime, timedelta
from typing import Any

Json = dict[str, Any]
KEPT = timedelta(seconds=30)


def still_good(kept: Json, question: Json, policy: int, now: datetime) -> bool:
    if kept["policy"] != policy or not now - KEPT < kept["at"] <= now:
        return False
    return all(kept["question"][part] == question[part] for part in ("subject", "action", "resource"))
