"""Two questions with a yes or no each; whoever has to log in again is told everything that is wanted."""

from datetime import datetime
from typing import Any


def is_fresh(since: Any, most: int, now: datetime) -> bool:
    return type(since) in (int, float) and -5 <= now.timestamp() - since <= most


def is_of_kind(acr: Any, words: list[str]) -> bool:
    return isinstance(acr, str) and any(acr == word for word in words)


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    most, values = wanted["max_age"], wanted["acr_values"]
    will_do = (most is None or is_fresh(claims.get("auth_time"), most, now)) and (
        not values or is_of_kind(claims.get("acr"), values.split())
    )
    if will_do:
        return {}
    everything = {"max_age": None if most is None else str(most), "acr_values": values}
    return {name: each for name, each in everything.items() if each}
