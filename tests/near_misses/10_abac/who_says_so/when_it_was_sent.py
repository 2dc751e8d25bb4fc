"""Caught by: test_a_request_says_nothing_of_the_moment. The moment is the one at which the request was sent."""

from typing import Any

SUBJECT = ("department", "clearance", "limit")
RESOURCE = ("owner", "department", "sensitivity", "state", "amount")


def attributes_of(said: dict[str, Any], stored: dict[str, Any]) -> dict[str, Any]:
    user, document, device = stored["user"], stored["document"] or {}, stored["device"]
    context = {name: stored[name] for name in ("address", "country", "office_hours", "confirmed")}
    context["now"] = said["headers"].get("Date", stored["now"].isoformat())
    context["login_country"] = stored["session"]["country"]
    if device and device["user"] == user["name"]:
        context["device_trusted"] = device["trusted"]
    if stored["emergency"]:
        context["reason"] = stored["emergency"]["reason"]
    subject = {name: user.get(name) for name in SUBJECT}
    resource = {name: document.get(name) for name in RESOURCE}
    return {"subject": known(subject), "resource": known(resource), "context": known(context)}


def known(members: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in members.items() if value is not None}
