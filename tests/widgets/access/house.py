"""A decision point of three rules, and a site of five cells, that tests of the access views ask."""

from dataclasses import dataclass
from typing import Any

from labsrv.kit.access.decisions import AttributeRead, Decision, RuleRead
from labsrv.kit.access.flips import Change, Flip
from labsrv.kit.access.questions import Action, Entity, Question
from tests.widgets.traffic.exchanges import exchange

HOSTILE = "<img src=x onerror=alert(1)>\u202e"

QUESTION = Question(
    Entity("user", "alice", {"clearance": 2}),
    Action("read"),
    Entity("record", "1002", {"owner": "bob", "sensitivity": 3}),
    {"time": "17:45"},
)


def decide(question):
    """Deny from 18:00 on; permit the owner; permit who is cleared, above 3 after a second factor."""
    time, owner = question.attribute("context.time"), question.attribute("resource.owner")
    clearance, sensitivity = question.attribute("subject.clearance"), question.attribute("resource.sensitivity")
    number = type(clearance) is int
    late = "indeterminate" if time is None else "deny" if time >= "18:00" else "not applicable"
    cleared = "indeterminate" if not number else "permit" if clearance >= sensitivity else "not applicable"
    problem = "" if number else "is no number"
    trace = (
        RuleRead("closed", "deny", late, (AttributeRead("context.time", time, "time", "server clock"),), "hours"),
        RuleRead("own", "permit", "permit" if owner == question.subject.id else "not applicable"),
        RuleRead(
            "cleared",
            "permit",
            cleared,
            (AttributeRead("subject.clearance", clearance, "number", "staff directory", problem),),
        ),
    )
    outcomes = [rule.outcome for rule in trace]
    outcome = next((each for each in ("deny", "indeterminate", "permit") if each in outcomes), "not applicable")
    demands = ({"name": "step_up", "acr": "mfa"},) if outcome == "permit" and sensitivity > 3 else ()
    names = tuple(rule.rule for rule in trace if rule.outcome == outcome != "not applicable")
    return Decision(outcome, demands, trace, names, says="We are closed." if outcome == "deny" else "")


def flips(question):
    """Return which of three changes turn the answer, each asked."""
    tried = {"subject.clearance": (3, "HR"), "resource.owner": ("alice", "bob"), "context.time": ("18:00", "time")}
    asked = {name: decide(question.having(name, now)) for name, (now, _) in tried.items()}
    return [
        Flip((Change(name, question.attribute(name), *tried[name]),), decision)
        for name, decision in asked.items()
        if decision.allowed != decide(question).allowed
    ]


@dataclass
class Answered:
    """What asking a cell comes back with."""

    status: int
    exchange: Any = None
    decision: Any = None


class Site:
    """A site that answers as declared, unless `answers` has something else for (actor, verb, path)."""

    ROWS = (
        ("alice", "GET", "/pay", 200),
        ("bob", "GET", "/pay", 403),
        ("alice", "GET", "/raises", 200),
        ("alice", "POST", "/pay", 403),
        ("bob", "POST", "/pay", 403),
    )

    def __init__(self):
        self.answers = {}
        self.asked = []

    def ask(self, actor, verb, path):
        self.asked.append((actor, verb, path))
        declared = {row[:3]: row[3] for row in self.ROWS}
        answer = self.answers.get((actor, verb, path), declared[actor, verb, path])
        if isinstance(answer, Exception):
            raise answer
        if not isinstance(answer, int):
            return answer
        seen = exchange(len(self.asked), path, method=verb, status=answer, response_body=HOSTILE.encode())
        return Answered(answer, seen, decide(QUESTION) if path == "/pay" else None)
