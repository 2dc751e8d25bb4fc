"""By shapes: whole seconds alone are a time, and what does not fit is asked for."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any


def what_is_missing(claims: dict[str, Any], wanted: dict[str, Any], now: int) -> Iterator[tuple[str, str]]:
    match wanted, claims:
        case {"max_age": None}, _:
            pass
        case {"max_age": int(most)}, {"auth_time": int(since)} if now - most <= since < now + 60:
            pass
        case {"max_age": int(most)}, _:
            yield "max_age", f"{most:d}"
    words = wanted["acr_values"].split(" ") if wanted["acr_values"] else []
    if words and words.count(claims.get("acr")) == 0:
        yield "acr_values", " ".join(words)


def login_wanted(claims: dict[str, Any], wanted: dict[str, Any], now: datetime) -> dict[str, str]:
    return dict(what_is_missing(claims, wanted, int(now.timestamp())))
