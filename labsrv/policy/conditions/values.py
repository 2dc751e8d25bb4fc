"""Values by their types. A value of another type is an error and no guess: "10" is no number, true is none either."""

import ipaddress
import json
import math
import re
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from labsrv.kit.text import cut, plain

# RFC 3339, 5.6: a date, a time, and how far from UTC. What has no offset is no moment.
MOMENT = re.compile(r"\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(\.\d{1,6})?([Zz]|[+-]\d\d:\d\d)")
TIME = re.compile(r"([01]\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?")
LONGEST_SHOWN = 60  # characters
MOST_TEXTS = 1_000

Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Unreadable(ValueError):
    """A value is missing, of another type, or from elsewhere than the policy takes it; the message says which."""


def typed(value: Any, wanted: str) -> Any:
    """Return a JSON value as something that can be compared, or raise `Unreadable`."""
    try:
        found = TYPES[wanted](value)
    except (ValueError, LookupError, OSError, OverflowError):
        found = None
    if found is not None:
        return found

    raise Unreadable(f"is {shown(value)}, which is no {WORDS[wanted]}")


def text(value: Any) -> str | None:
    """Return text as it is: neither case nor Unicode's forms are made alike."""
    return value if isinstance(value, str) else None


def number(value: Any) -> int | float | None:
    """Return a whole or broken number; a boolean is none, and neither is what has no end."""
    return value if type(value) in (int, float) and math.isfinite(value) else None


def boolean(value: Any) -> bool | None:
    """Return true or false."""
    return value if isinstance(value, bool) else None


def time(value: Any) -> int | None:
    """Return a time of day, "18:00" or "18:00:00", as seconds since midnight."""
    found = TIME.fullmatch(value) if isinstance(value, str) else None
    return int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3] or 0) if found else None


def moment(value: Any) -> datetime | None:
    """Return a moment of RFC 3339, in UTC."""
    if isinstance(value, str) and MOMENT.fullmatch(value):
        return datetime.fromisoformat(value.upper()).astimezone(UTC)

    return None


def address(value: Any) -> Address | None:
    """Return an IP address; an IPv4 address that is written as IPv6 (RFC 4291, 2.5.5.2) is that IPv4 address."""
    if not isinstance(value, str):
        return None
    found = ipaddress.ip_address(value)
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def zone(value: Any) -> ZoneInfo | None:
    """Return a time zone by its name, "Europe/Berlin"."""
    return ZoneInfo(value) if isinstance(value, str) and value else None


def texts(value: Any) -> tuple[str, ...] | None:
    """Return a list of texts."""
    if isinstance(value, list | tuple) and len(value) <= MOST_TEXTS and all(isinstance(each, str) for each in value):
        return tuple(value)

    return None


TYPES: dict[str, Callable[[Any], Any]] = {
    "text": text, "number": number, "boolean": boolean, "time": time, "moment": moment, "address": address,
    "zone": zone, "texts": texts,
}  # fmt: skip
WORDS = {
    "text": "text",
    "number": "number",
    "boolean": "boolean",
    "time": 'time of day ("18:00")',
    "moment": 'moment with its offset ("2026-03-29T18:00:00+01:00")',
    "address": "IP address",
    "zone": 'time zone ("Europe/Berlin")',
    "texts": "list of texts",
}


def shown(value: Any) -> str:
    """Return a value as JSON, short and harmless to look at."""
    try:
        written = json.dumps(value, ensure_ascii=False)
    except (TypeError, ValueError, RecursionError):
        written = type(value).__name__
    return cut(plain(written), LONGEST_SHOWN)
