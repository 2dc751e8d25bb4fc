"""Decisions per second of the reference beside cedarpy and pycasbin, in turns; and how long flips take.

    python3 lab.py bench policy

Each rule is about another type of resource, and one applies. The reference reads every rule and keeps why; Cedar and
casbin keep nothing of those that do not apply. Cedar's and casbin's policies are parsed before. Cedar's question is
given twice: entities parsed for each question, as a site would, and parsed before.
"""

import json
import random
import statistics
import time
from collections.abc import Callable
from typing import Any

import casbin
import cedarpy

from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.policy.casbin_model import MODEL
from labsrv.policy.cedar import CedarPolicy, asked
from labsrv.policy.deciding import decide
from labsrv.policy.flips.finding import flips
from labsrv.policy.policy import Policy

SIZES = (10, 100, 1_000, 10_000)
ROUNDS = 3
SECONDS = 0.5  # a turn of one engine
ATTRIBUTES = 10
BOUND = 50.0  # milliseconds
QUESTIONS = 40


def attribute(name: str) -> dict[str, str]:
    """Return an attribute, as a policy names it."""
    return {"attribute": name}


def policy_of(rules: int) -> Policy:
    """Return a policy of so many rules, each about a type of its own."""
    condition = {"all": [{"equal": [attribute("subject.team"), "tea"]}, {"at least": [attribute("subject.level"), 3]}]}
    said = [
        {"name": f"rule {n}", "effect": "permit", "actions": ["read"], "resources": [f"kind{n}"], "when": condition}
        for n in range(rules)
    ]
    attributes = {
        "subject.team": {"type": "text", "source": "bench"},
        "subject.level": {"type": "number", "source": "bench"},
    }
    return Policy.read({"version": 1, "combining": "deny-overrides", "attributes": attributes, "rules": said})


def engines(rules: int) -> dict[str, Callable[[], bool]]:
    """Return what asks each engine one question, which it permits."""
    policy = policy_of(rules)
    kind = f"kind{rules // 2}"
    question = Question(Entity("user", "alice", {"team": "tea", "level": 4}), Action("read"), Entity(kind, "1"))
    cedar = CedarPolicy.of(policy, ["user"], ["read"], [f"kind{n}" for n in range(rules)])
    request, entities = asked(policy, question)
    known = cedarpy.Entities.from_json_str(json.dumps(entities), schema=cedar.parsed_schema)

    enforcer = casbin.Enforcer(casbin.Enforcer.new_model(text=MODEL))
    enforcer.add_policies([["role:tea", f"kind{n}", "read"] for n in range(rules)])
    enforcer.add_grouping_policies([["user:alice", "role:tea"]])
    return {
        "reference": lambda: decide(policy, question).allowed,
        "cedarpy": lambda: cedar.ask(question).allowed,
        "cedarpy, entities parsed": lambda: cedarpy.is_authorized(request, cedar.parsed, known).allowed,
        "pycasbin": lambda: bool(enforcer.enforce("user:alice", kind, "read")),
    }


def per_second(ask: Callable[[], bool]) -> float:
    """Return how many decisions there are in a second."""
    assert ask()
    began, many = time.perf_counter(), 0
    while time.perf_counter() - began < SECONDS:
        ask()
        many += 1
    return many / (time.perf_counter() - began)


def measure_decisions() -> None:
    """Print decisions per second by number of rules; the engines take turns."""
    names = ("reference", "cedarpy", "cedarpy, entities parsed", "pycasbin")
    print("decisions a second".ljust(20) + "".join(name.rjust(26) for name in names))
    for rules in SIZES:
        asking = engines(rules)
        rounds = [{name: per_second(asking[name]) for name in names} for _ in range(ROUNDS)]
        medians = [statistics.median(each[name] for each in rounds) for name in names]
        print(f"{rules:6} rules".ljust(20) + "".join(f"{each:26.0f}" for each in medians))


def flip_policy(draw: random.Random) -> Policy:
    """Return a policy of a dozen rules over ten attributes."""
    names = [f"subject.a{n}" for n in range(ATTRIBUTES)]

    def test() -> dict[str, Any]:
        return {draw.choice(["at least", "less", "equal"]): [attribute(draw.choice(names)), draw.randint(1, 5)]}

    said = [
        {
            "name": f"rule {n}",
            "effect": "deny" if n % 4 == 3 else "permit",
            "when": {"all": [test(), {"any": [test(), test()]}, test()]},
        }
        for n in range(12)
    ]
    attributes = {name: {"type": "number", "source": "bench", "changeable_by": "HR"} for name in names}
    return Policy.read({"version": 1, "combining": "deny-overrides", "attributes": attributes, "rules": said})


def measure_flips() -> None:
    """Print the processor's time for what would have to change, of drawn policies and questions."""
    draw, took, found = random.Random("flips"), [], 0
    for _ in range(QUESTIONS):
        policy = flip_policy(draw)
        subject = Entity("user", "alice", {f"a{n}": draw.randint(0, 6) for n in range(ATTRIBUTES)})
        question = Question(subject, Action("read"), Entity("slip", "1"))
        began = time.process_time()
        found += len(flips(policy, question))
        took.append((time.process_time() - began) * 1000)
    took.sort()
    print(f"flips, {ATTRIBUTES} attributes    median {statistics.median(took):6.1f} ms   "
          f"slowest {took[-1]:6.1f} ms of {QUESTIONS}   (bound: {BOUND:.0f})   {found} flips")  # fmt: skip


def measure() -> None:
    """Print all figures."""
    measure_decisions()
    measure_flips()


if __name__ == "__main__":
    measure()
