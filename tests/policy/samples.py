"""A policy of the tea shop's pay records that uses every operator; and small ones, made of one condition."""


def attribute(name):
    return {"attribute": name}


CLEARANCE, SENSITIVITY = attribute("subject.clearance"), attribute("resource.sensitivity")
TIME = {"time of day": attribute("context.now"), "zone": attribute("resource.zone")}

ATTRIBUTES = {
    "subject.clearance": {"type": "number", "source": "staff directory", "changeable_by": "HR"},
    "subject.department": {"type": "text", "source": "staff directory", "changeable_by": "HR"},
    "subject.roles": {"type": "texts", "source": "staff directory", "changeable_by": "HR"},
    "resource.owner": {"type": "text", "source": "pay records"},
    "resource.sensitivity": {"type": "number", "source": "pay records", "changeable_by": "pay office"},
    "resource.zone": {"type": "zone", "source": "pay records"},
    "context.now": {"type": "moment", "source": "server clock", "changeable_by": "time"},
    "context.address": {"type": "address", "source": "socket", "changeable_by": "the subject"},
    "context.device_trusted": {"type": "boolean", "source": "device record", "changeable_by": "IT"},
    "context.acr": {"type": "text", "source": "session", "changeable_by": "the subject"},
    "context.reason": {"type": "text", "source": "form", "changeable_by": "the subject"},
}

PAY = {
    "version": 1,
    "combining": "deny-overrides",
    "attributes": ATTRIBUTES,
    "rules": [
        {
            "name": "own",
            "effect": "permit",
            "actions": ["read"],
            "resources": ["slip"],
            "when": {"equal": [attribute("resource.owner"), attribute("subject.id")]},
        },
        {
            "name": "cleared",
            "effect": "permit",
            "actions": ["read", "edit"],
            "resources": ["slip"],
            "when": {
                "all": [
                    {"in": ["hr", attribute("subject.roles")]},
                    {"at least": [CLEARANCE, SENSITIVITY]},
                    {"between": [TIME, "08:00", "18:00"]},
                ]
            },
            "demands": [{"name": "watermark"}],
        },
        {
            "name": "outside",
            "effect": "deny",
            "actions": ["edit"],
            "when": {
                "any": [
                    {"not": {"in network": [attribute("context.address"), ["10.0.0.0/8", "fd00::/8"]]}},
                    {"equal": [attribute("context.device_trusted"), False]},
                ]
            },
            "says": "Pay is edited in the house's network, on a device that IT trusts.",
        },
        {
            "name": "prove more",
            "effect": "deny",
            "actions": ["edit"],
            "when": {"not": {"equal": [attribute("context.acr"), "mfa"]}},
            "demands": [{"name": "step_up", "acr": "mfa"}],
            "says": "Editing pay takes a second factor.",
        },
        {
            "name": "break glass",
            "effect": "permit",
            "actions": ["read"],
            "when": {
                "all": [
                    {"present": attribute("context.reason")},
                    {"in": [attribute("subject.department"), ["hr", "it"]]},
                ]
            },
            "demands": [{"name": "notify", "whom": "owner"}],
        },
    ],
}


def policy_of(*rules, combining="deny-overrides", attributes=ATTRIBUTES):
    """Return a policy's JSON of rules that are (effect, condition), named by their place."""
    named = [
        {"name": f"rule {number}", "effect": effect} | ({} if when is None else {"when": when})
        for number, (effect, when) in enumerate(rules)
    ]
    return {"version": 1, "combining": combining, "attributes": attributes, "rules": named}
