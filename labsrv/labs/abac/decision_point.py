"""The policy decision point of the site: a small engine over the policy's JSON, made of three decisions.

    compare(operator, left, right)   one test         True or False, or an error
    outcome_of(effect, when)         one rule         its tests are True, False, or the text of an error by then
    combine(rules)                   the whole policy

Around these it reads attributes and rules, and has no opinion. `labsrv.policy.decide` is the reference beside it.
"""

import ipaddress
from collections.abc import Callable
from typing import Any

from labsrv.kit.access.decisions import DENY, INDETERMINATE, NOT_APPLICABLE, OUTCOMES, PERMIT, AttributeRead, Decision
from labsrv.kit.access.decisions import RuleRead as Read
from labsrv.kit.access.questions import Question
from labsrv.policy.conditions.values import Unreadable, shown, typed

Json = dict[str, Any]
# Values of these types are compared as something else than they are written as.
CONVERTED: dict[str, Callable[[Any], Any]] = {"moment": lambda moment: moment.timestamp(), "time": int, "address": str}


class DecisionPoint:
    """The engine with these decisions made."""

    def __init__(
        self,
        compare: Callable[[str, Any, Any], bool],
        outcome_of: Callable[[str, Any], str],
        combine: Callable[[list[Json]], str],
    ):
        self.compare = compare
        self.outcome_of = outcome_of
        self.combine = combine

    def decide(self, policy: Json, question: Question) -> Decision:
        """Return the decision, with every rule and what it read."""
        trace = tuple(self.read(rule, policy, question) for rule in policy["rules"])
        outcome = self.combine([{"effect": each.effect, "outcome": each.outcome} for each in trace])
        if outcome not in OUTCOMES:
            raise ValueError(f"{outcome!r} is no outcome.")

        determining = tuple(each.rule for each in trace if each.outcome == outcome != NOT_APPLICABLE)
        deciding = [rule for rule in policy["rules"] if rule["name"] in determining and outcome in (PERMIT, DENY)]
        demands: list[Json] = []
        for rule in deciding:
            demands += [each for each in rule.get("demands", []) if each not in demands]
        says = next((rule["says"] for rule in deciding if "says" in rule), "") if outcome == DENY else ""
        return Decision(outcome, tuple(demands), trace, determining, (), says)

    def read(self, rule: Json, policy: Json, question: Question) -> Read:
        """Return what one rule says of a question."""
        tests = Tests(self.compare, policy, question)
        meant = question.action.name in rule.get("actions", [question.action.name])
        meant = meant and question.resource.type in rule.get("resources", [question.resource.type])
        when = tests.done(rule.get("when", True)) if meant else False

        outcome = self.outcome_of(rule["effect"], when)
        # An engine that did not understand its own part says so, and guesses nothing (CWE-636).
        outcome = outcome if outcome in (rule["effect"], NOT_APPLICABLE) else INDETERMINATE
        because = "; ".join(tests.words) if meant else "it is about something else"
        return Read(rule["name"], rule["effect"], outcome, tuple(tests.read.values()), because or "it always applies")


class Tests:
    """The tests of one rule on one question; `words` says of each what came of it, `read` what they read."""

    def __init__(self, compare: Callable[[str, Any, Any], bool], policy: Json, question: Question):
        self.compare = compare
        self.declared = policy.get("attributes", {})
        self.question = question
        self.words: list[str] = []
        self.read: dict[str, AttributeRead] = {}

    def done(self, when: Any) -> Any:
        """Return a condition with True, False or the text of an error in the place of each test."""
        if not isinstance(when, dict):
            return when

        ((name, inner),) = when.items()
        if name in ("all", "any"):
            return {name: [self.done(each) for each in inner]}
        if name == "not":
            return {name: self.done(inner)}
        return self.test(name, inner)

    def test(self, name: str, inner: Any) -> bool | str:
        """Return what came of one test: True, False, or why there is no answer."""
        said = inner if isinstance(inner, list) else [inner]
        about = f"{name}: {', '.join(self.words_for(each) for each in said)}"
        try:
            found: bool | str = self.answer(name, said)
        except Exception as error:
            found = f"{about}: {error or type(error).__name__}"
        self.words.append(found if isinstance(found, str) else f"{about}: {'yes' if found else 'no'}")
        return found

    def answer(self, name: str, said: list[Any]) -> bool:
        """Return whether a test holds; raises whatever keeps it from having an answer."""
        wanted = next((self.type_of(each) for each in said if isinstance(each, dict)), "text")
        if name == "present":
            value = self.value(said[0]["attribute"])
            return value is not None and typed(value, wanted) is not None
        if name == "in network":
            return in_network(self.value(said[0]["attribute"]), said[1])

        operands = [self.operand(each, wanted) for each in said]
        if name == "between":
            return self.compared("at least", *operands[:2]) and self.compared("less", operands[0], operands[2])
        return self.compared(name, *operands)

    def compared(self, operator: str, left: Any, right: Any) -> bool:
        """Return what the decision says; anything but a yes or a no is an error."""
        found = self.compare(operator, left, right)
        if isinstance(found, bool):
            return found

        raise TypeError(f"comparing gave {shown(found)}, which is neither yes nor no")

    def operand(self, said: Any, wanted: str) -> Any:
        """Return what is compared: a constant, an attribute's value, None where it is missing."""
        if isinstance(said, dict) and "time of day" in said:
            return self.time_of_day(said)
        value = self.value(said["attribute"]) if isinstance(said, dict) else said
        if value is None or wanted not in CONVERTED:
            return value

        return CONVERTED[wanted](typed(value, wanted))

    def time_of_day(self, said: Json) -> int:
        """Return the seconds since midnight that a moment is in a zone."""
        zone = said["zone"]
        zone = typed(self.value(zone["attribute"]) if isinstance(zone, dict) else zone, "zone")
        there = typed(self.value(said["time of day"]["attribute"]), "moment").astimezone(zone)
        return int(there.hour * 3600 + there.minute * 60 + there.second)

    def value(self, name: str) -> Any:
        """Return an attribute of the question as it came, and note that it was read."""
        value = self.question.attribute(name)
        about = self.declared.get(name, {"type": "text", "source": "the question"})
        problem = "is missing" if value is None else ""
        if value is not None:
            try:
                typed(value, about["type"])
            except Unreadable as error:
                problem = str(error)
        self.read[name] = AttributeRead(name, value, about["type"], about["source"], problem)
        return value

    def type_of(self, said: Json) -> str:
        """Return the type of what stands in the place of a value."""
        return "time" if "time of day" in said else self.declared.get(said["attribute"], {"type": "text"})["type"]

    def words_for(self, said: Any) -> str:
        """Return an operand as a sentence names it."""
        if isinstance(said, dict) and "attribute" in said:
            return f"{said['attribute']} ({shown(self.question.attribute(said['attribute']))})"

        return shown(said)


def in_network(address: Any, networks: Any) -> bool:
    """Return whether an address belongs to one of these networks; raises `Unreadable` where it is none."""
    found = typed(address, "address")
    nets = [networks] if isinstance(networks, str) else networks
    return any(found in ipaddress.ip_network(each) for each in nets)
