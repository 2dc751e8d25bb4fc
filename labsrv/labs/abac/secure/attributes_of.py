"""Collect the attributes of a question, each from whom one may believe."""

from typing import Any

OF_SUBJECTS = ("department", "clearance", "limit")
OF_RESOURCES = ("owner", "department", "sensitivity", "state", "amount")
OF_THE_MOMENT = ("address", "country", "office_hours", "confirmed")


def attributes_of(said: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    """Return `subject`, `resource` and `context`, from what the company knows (ASVS 5.0, 8.3.1; CWE-807).

    What a request says of itself, `said`, is in none of it. What nobody knows is missing, and no guess stands there.
    """
    user, device = stored["user"], stored["device"]
    context = those(stored, OF_THE_MOMENT)
    context |= {"now": stored["now"].isoformat(), "login_country": stored["session"]["country"]}
    if device and device["user"] == user["name"]:
        context["device_trusted"] = device["trusted"]
    if stored["emergency"]:
        context["reason"] = stored["emergency"]["reason"]

    return {
        "subject": those(user, OF_SUBJECTS),
        "resource": those(stored["document"] or {}, OF_RESOURCES),
        "context": context,
    }


def those(row: dict[str, Any], names: tuple[str, ...]) -> dict[str, Any]:
    """Return of a row what it has of these."""
    return {name: row[name] for name in names if row.get(name) is not None}
