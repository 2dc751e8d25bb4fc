"""A table of sources: part, attribute, and where it is read from. A source that fails has nothing to say."""

from contextlib import suppress
from operator import itemgetter
from typing import Any

SAME = ("address", "country", "office_hours", "confirmed")
SOURCES = [
    *(("subject", name, ("user", name)) for name in ("department", "clearance", "limit")),
    *(("resource", name, ("document", name)) for name in ("owner", "department", "sensitivity", "state", "amount")),
    *(("context", name, (name,)) for name in SAME),
    ("context", "login_country", ("session", "country")),
    ("context", "reason", ("emergency", "reason")),
    ("context", "device_trusted", ("device", "trusted")),
]


def attributes_of(said: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    known = {name: value for name, value in stored.items() if value is not None}
    if "device" in known and known["device"]["user"] != known["user"]["name"]:
        # In doubt against: it is somebody else's.
        known["device"] = {"trusted": False}

    found: dict[str, Any] = {"subject": {}, "resource": {}, "context": {"now": str(stored["now"])}}
    for part, name, way in SOURCES:
        value: Any = known
        with suppress(KeyError):
            for step in way:
                value = itemgetter(step)(value)
            if value is not None:
                found[part][name] = value
    return found
