"""Both questions are written down as JSON, in order of their names, and compared as text."""

import json
from copy import deepcopy
from datetime import datetime
from typing import Any


def still_good(kept: dict[str, Any], question: dict[str, Any], policy: int, now: datetime) -> bool:
    age = (now - kept["at"]).total_seconds()
    if not 0 <= age < 30:
        return False
    return (kept["policy"], written(kept["question"])) == (policy, written(question))


def written(question: dict[str, Any]) -> str:
    copy = deepcopy(question)
    copy.setdefault("context", {}).pop("now", None)
    return json.dumps(copy, sort_keys=True)
