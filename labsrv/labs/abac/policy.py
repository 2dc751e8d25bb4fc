"""The policy that the site begins with, and where it is kept: the policy administration point (NIST SP 800-162, 2.3).

Whoever may edit it does so at /api/policy, and what `Policy.read` refuses is not stored. It declares each attribute
that it goes by, from which source, and who could change it (ASVS 5.0, 8.1.3).
"""

import json
from functools import lru_cache
from typing import Any

from labsrv.kit.services import Services
from labsrv.labs.abac.places import HOUSE
from labsrv.policy.policy import Policy

KINDS = ("blend", "recipe", "contract", "price list")
STEP_UP = {"name": "step_up", "acr": "mfa"}


def attribute(name: str) -> dict[str, str]:
    """Return what stands for an attribute in a condition."""
    return {"attribute": name}


def source(type: str, source: str, changeable_by: str) -> dict[str, str]:
    """Return the declaration of an attribute."""
    return {"type": type, "source": source, "changeable_by": changeable_by}


OWN = {"equal": [attribute("resource.owner"), attribute("subject.id")]}
SAME_DEPARTMENT = {"equal": [attribute("resource.department"), attribute("subject.department")]}
CLEARED = {"at least": [attribute("subject.clearance"), attribute("resource.sensitivity")]}
CONFIRMED = {"equal": [attribute("context.confirmed"), True]}
COMPLIANCE = {"equal": [attribute("subject.department"), "compliance"]}


def sensitive(level: int) -> dict[str, Any]:
    """Return the condition that a document is of this sensitivity at least."""
    return {"at least": [attribute("resource.sensitivity"), level]}


def permit(name: str, actions: list[str], when: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a rule that permits."""
    return {"name": name, "effect": "permit", "actions": actions, "resources": list(KINDS), "when": when} | more


def deny(name: str, says: str, when: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a rule that denies; about every action where none is named."""
    return {"name": name, "effect": "deny", "resources": list(KINDS), "when": when, "says": says} | more


POLICY: dict[str, Any] = {
    "version": 1,
    "combining": "deny-overrides",
    "attributes": {
        "subject.department": source("text", "staff directory", "HR"),
        "subject.clearance": source("number", "staff directory", "HR"),
        "subject.limit": source("number", "staff directory", "HR"),
        "resource.owner": source("text", "document as stored", "its owner"),
        "resource.department": source("text", "document as stored", "its owner"),
        "resource.sensitivity": source("number", "document as stored", "its owner"),
        "resource.state": source("text", "document as stored", "its owner"),
        "resource.amount": source("number", "document as stored", "its owner"),
        "context.office_hours": source("boolean", "server clock, in the document's zone", "time"),
        "context.address": source("address", "socket, or the company's proxy", "the subject"),
        "context.country": source("text", "the address", "the subject"),
        "context.login_country": source("text", "session", "the subject"),
        "context.device_trusted": source("boolean", "device record", "IT"),
        "context.confirmed": source("boolean", "proof of this session", "the subject"),
        "context.reason": source("text", "break-glass record", "the subject"),
    },
    "rules": [
        permit("own", ["read", "edit", "delete", "hand_over", "classify"], OWN),
        permit("department", ["read"], SAME_DEPARTMENT, demands=[{"name": "watermark"}]),
        permit(
            "colleagues' drafts",
            ["edit"],
            {"all": [{"equal": [attribute("resource.state"), "draft"]}, SAME_DEPARTMENT]},
        ),
        permit(
            "published",
            ["read"],
            {"all": [{"equal": [attribute("resource.state"), "final"]}, {"not": sensitive(2)}]},
        ),
        permit("create", ["create"], {"all": [OWN, SAME_DEPARTMENT]}),
        permit(
            "sign",
            ["sign"],
            {"all": [SAME_DEPARTMENT, {"at most": [attribute("resource.amount"), attribute("subject.limit")]}]},
            resources=["contract"],
        ),
        permit(
            "break glass",
            ["read"],
            {"all": [{"present": attribute("context.reason")}, {"at least": [attribute("subject.clearance"), 2]}]},
            demands=[{"name": "notify", "whom": "owner"}],
        ),
        deny(
            "above clearance",
            "This is above your clearance.",
            {"all": [{"not": {"present": attribute("context.reason")}}, {"not": CLEARED}]},
        ),
        deny(
            "unknown device",
            "Sensitive documents open on devices that IT trusts.",
            {"all": [sensitive(2), {"not": {"equal": [attribute("context.device_trusted"), True]}}]},
        ),
        deny(
            "away",
            "The most sensitive documents stay in the house.",
            {"all": [sensitive(3), {"not": {"in network": [attribute("context.address"), [HOUSE]]}}]},
        ),
        deny(
            "after hours",
            "The most sensitive documents are open from 08:00 to 18:00, where they belong.",
            {"all": [sensitive(3), {"not": {"equal": [attribute("context.office_hours"), True]}}]},
        ),
        deny(
            "archived",
            "What is archived stays as it is.",
            {"equal": [attribute("resource.state"), "archived"]},
            actions=["edit", "delete", "hand_over", "classify", "sign"],
        ),
        deny(
            "moved",
            "You are in another country than when you logged in.",
            {
                "all": [
                    sensitive(2),
                    {"not": {"equal": [attribute("context.country"), attribute("context.login_country")]}},
                    {"not": CONFIRMED},
                ]
            },
            demands=[STEP_UP],
        ),
        deny(
            "confirm first",
            "This needs a second proof that it is you.",
            {"not": CONFIRMED},
            actions=["delete", "hand_over", "classify", "sign"],
            demands=[STEP_UP],
        ),
        permit("policy office", ["read", "edit"], COMPLIANCE, resources=["policy"]),
        permit("auditors", ["read"], COMPLIANCE, resources=["log"]),
    ],
}  # fmt: skip


def keep(lab: Services, text: str) -> int:
    """Store a policy that has been read already, and return its number: one more than the one before."""
    before = lab.db.policies.find_one({"_id": "policy"})
    number = before["number"] + 1 if before else 1
    lab.db.policies.replace_one({"_id": "policy"}, {"text": text, "number": number}, upsert=True)
    return int(number)


def current(lab: Services) -> tuple[str, int]:
    """Return the policy that is in force, as text, and its number."""
    row = lab.db.policies.find_one({"_id": "policy"})
    return (row["text"], row["number"]) if row else (json.dumps(POLICY), 0)


@lru_cache(maxsize=16)
def understood(text: str) -> tuple[dict[str, Any], Policy]:
    """Return a policy's JSON, and the policy that the reference makes of it; raises `BadPolicy`."""
    policy = Policy.read(text)
    return json.loads(text), policy
