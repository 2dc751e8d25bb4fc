"""Policies and questions, drawn from a seed: every type, every operator, and values that are missing or wrong."""

import random

from labsrv.kit.access.questions import Action, Entity, Question
from tests.policy.samples import attribute

# Names, types, values that there are, and values that are of another type.
WORLD = {
    "subject.level": ("number", [0, 1, 2, 3, 4, -1], ["3", True, 2.5, [3]]),
    "subject.team": ("text", ["tea", "coffee", "tëa", ""], [1, None, ["tea"]]),
    "subject.roles": ("texts", [["hr"], [], ["hr", "it"], ["it"]], ["hr", [1], {"hr": 1}]),
    "subject.device_trusted": ("boolean", [True, False], ["true", 0, 1]),
    "resource.level": ("number", [0, 1, 2, 3], ["1", False]),
    "resource.owner": ("text", ["alice", "bob"], [7]),
    "resource.zone": ("zone", ["UTC", "Europe/Berlin", "Asia/Kolkata"], [5]),
    "resource.until": (
        "moment",
        ["2026-03-29T00:59:59Z", "2026-03-29T01:00:00Z", "2026-12-31T23:59:59-05:00"],
        [3, "x"],
    ),
    "context.now": (
        "moment",
        ["2026-03-29T01:00:00Z", "2026-03-29T12:00:00+02:00", "2026-06-30T17:59:59+02:00"],
        [True],
    ),
    "context.opens": ("time", ["08:00", "09:30", "17:59:59"], ["25:00"]),
    "context.address": ("address", ["10.1.2.3", "192.0.2.1", "fd00::1", "::ffff:10.9.9.9"], ["10.0.0.1, 10.0.0.2", 10]),
    "context.break_glass": ("boolean", [True, False], ["yes"]),
    "action.amount": ("number", [1, 10, 100], ["10"]),
}
ATTRIBUTES = {name: {"type": kind, "source": "test", "changeable_by": "test"} for name, (kind, _, _) in WORLD.items()}
ACTIONS, KINDS = ("read", "edit", "delete"), ("slip", "note")
TIME = {"time of day": attribute("context.now"), "zone": attribute("resource.zone")}
NETWORKS = ["10.0.0.0/8", "192.0.2.0/24", "fd00::/8", "::/0"]


def drawn_test(draw):
    """Return a test that compares something."""
    order = draw.choice(["less", "at most", "at least", "equal"])
    return draw.choice(
        [
            {order: [attribute("subject.level"), attribute("resource.level")]},
            {order: [attribute("action.amount"), draw.choice([1, 10, 50])]},
            {order: [attribute("context.now"), attribute("resource.until")]},
            {draw.choice(["less", "at most", "at least"]): [TIME, draw.choice(["08:00", "18:00"])]},
            {"at least": [TIME, attribute("context.opens")]},
            {"between": [TIME, "08:00", "18:00"]},
            {"between": [attribute("subject.level"), 1, 3]},
            {"equal": [attribute("resource.owner"), attribute("subject.id")]},
            {"equal": [attribute("subject.team"), draw.choice(["tea", "tëa", "Tea", 'a "quoted" \\ one\n'])]},
            {"equal": [attribute("context.break_glass"), draw.choice([True, False])]},
            {"equal": [attribute("subject.device_trusted"), attribute("context.break_glass")]},
            {"in": [attribute("subject.team"), draw.sample(["tea", "coffee", "water"], 2)]},
            {"in": [attribute("subject.level"), [1, 2]]},
            {"in": [draw.choice(["hr", "it"]), attribute("subject.roles")]},
            {"in": [attribute("subject.team"), attribute("subject.roles")]},
            {"in network": [attribute("context.address"), draw.sample(NETWORKS, draw.randint(1, 2))]},
            {"equal": [attribute("action.name"), draw.choice(ACTIONS)]},
        ]
    )


def drawn_condition(draw, depth=3, presence=True):
    """Return a condition, of parts or of one test."""
    kind = draw.random()
    if depth and kind < 0.35:
        parts = [drawn_condition(draw, depth - 1, presence) for _ in range(draw.randint(1, 3))]
        return {draw.choice(["all", "any"]): parts}
    if depth and kind < 0.5:
        return {"not": drawn_condition(draw, depth - 1, presence)}
    if presence and kind < 0.6:
        return {"present": attribute(draw.choice(list(WORLD)))}
    return drawn_test(draw)


def drawn_policy(draw, presence=True):
    """Return a policy's JSON, with deny-overrides."""
    rules = []
    for number in range(draw.randint(1, 6)):
        rule = {"name": f"rule {number}", "effect": draw.choice(["permit", "permit", "deny"])}
        rule |= {"actions": draw.sample(ACTIONS, draw.randint(1, 2))} if draw.random() < 0.5 else {}
        rule |= {"resources": draw.sample(KINDS, draw.randint(1, 2))} if draw.random() < 0.5 else {}
        rule |= {"when": drawn_condition(draw, presence=presence)} if draw.random() < 0.9 else {}
        rules.append(rule)
    return {"version": 1, "combining": "deny-overrides", "attributes": ATTRIBUTES, "rules": rules}


def drawn_question(draw, missing=0.1, wrong=0.002):
    """Return a question; each attribute is missing or wrong in so many of them."""
    question = Question(
        Entity("user", draw.choice(["alice", "bob", "mallory"])),
        Action(draw.choice(ACTIONS)),
        Entity(draw.choice(KINDS), "1001"),
    )
    for name, (_, values, others) in WORLD.items():
        lot = draw.random()
        value = None if lot < missing else draw.choice(others if lot < missing + wrong else values)
        question = question.having(name, value)
    return question


def drawing(*seed):
    """Return what draws from a seed."""
    return random.Random(" ".join(map(str, seed)))
