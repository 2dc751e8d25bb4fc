"""Collect the attributes of a question, each from whom one may believe."""

from typing import Any

Json = dict[str, Any]

OF_SUBJECTS = ("department", "clearance", "limit")
OF_RESOURCES = ("owner", "department", "sensitivity", "state", "amount")


def attributes_of(said: Json, stored: Json) -> Json:
    """Return `subject`, `resource` and `context`, from what the company knows (ASVS 5.0, 8.3.1; CWE-807).

    What a request says of itself, `said`, is in none of it. What nobody knows is missing, and no guess stands there.
    """
    user, device = stored["user"], stored["device"]
    context = {name: stored[name] for name in ("address", "country", "office_hours", "confirmed")}
    context |= {"now": stored["now"].isoformat(), "login_country": stored["session"]["country"]}
    if device and device["user"] == user["name"]:
        context["device_trusted"] = device["trusted"]
    if stored["emergency"]:
        context["reason"] = stored["emergency"]["reason"]

    return {
        "subject": those(user, OF_SUBJECTS),
        "resource": those(stored["document"] or {}, OF_RESOURCES),
        "context": {name: value for name, value in context.items() if value is not None},
    }


def those(row: Json, names: tuple[str, ...]) -> Json:
    """Return of a row what it has of these."""
    return {name: row[name] for name in names if row.get(name) is not None}
