"""Asking again with some attributes changed: the only proof that a change would turn the answer."""

from collections.abc import Mapping, Sequence
from typing import Any

from labsrv.kit.access.decisions import PERMIT, Decision, RuleRead
from labsrv.kit.access.questions import Question
from labsrv.policy.combining import ALGORITHMS
from labsrv.policy.conditions.operands import Constant
from labsrv.policy.conditions.reading import Reading
from labsrv.policy.conditions.tree import Comparison, Condition, leaves, names_in
from labsrv.policy.conditions.values import Unreadable
from labsrv.policy.deciding import apply, decide
from labsrv.policy.policy import Policy, PolicyRule

Changes = Mapping[str, Any]  # names and new values; None takes an attribute out


class Asking:
    """A question to a policy in other words; counts how often it was asked, and how often a condition was tried."""

    def __init__(self, policy: Policy, question: Question, sources: Mapping[str, str] | None):
        self.policy, self.question, self.sources = policy, question, sources
        # Rules about another action or another type of resource have no say, whatever the attributes are.
        self.rules = [rule for rule in policy.rules if is_about(rule, question)]
        self.names = [set(names_in(rule.when)) if rule.when else set() for rule in self.rules]
        self.said: dict[tuple[Any, ...], RuleRead] = {}
        self.vocabulary = vocabulary_of(self.rules)
        self.asked = self.tried = 0

    def reading(self, changes: Changes) -> Reading:
        """Return what rules read of the question with these changes."""
        return Reading(self.question, self.policy.attributes, self.sources, changes)

    def trace(self, reading: Reading) -> list[RuleRead]:
        """Return what each of `rules` says."""
        self.asked += 1
        return [self.outcome(number, reading) for number in range(len(self.rules))]

    def outcome(self, number: int, reading: Reading) -> RuleRead:
        """Return what one of `rules` says; most changes leave most rules alone, and then it has been said before."""
        mine = self.names[number]
        key = (number, *((name, repr(value)) for name, value in reading.changes.items() if name in mine))
        if key not in self.said:
            self.said[key] = apply(self.rules[number], reading, explain=False)
        return self.said[key]

    def allows(self, trace: Sequence[RuleRead]) -> bool:
        """Return whether somebody is let in by what the rules say."""
        return ALGORITHMS[self.policy.combining](trace).outcome == PERMIT

    def truth(self, condition: Condition, reading: Reading) -> bool | None:
        """Return whether a condition holds, None where it can't be read."""
        self.tried += 1
        try:
            return condition.holds(reading)
        except Unreadable:
            return None

    def prove(self, changes: Changes) -> Decision:
        """Return the decision on a question that has these changes."""
        question = self.question
        for name, value in changes.items():
            question = question.having(name, value)
        return decide(self.policy, question, self.believed(changes))

    def believed(self, changes: Changes) -> Mapping[str, str] | None:
        """Return where values come from: those of changes come from where they should."""
        if self.sources is None:
            return None

        return {**self.sources, **{name: self.policy.attributes[name].source for name in changes}}


def is_about(rule: PolicyRule, question: Question) -> bool:
    """Return whether a rule is about this action and this type of resource."""
    return (not rule.actions or question.action.name in rule.actions) and (
        not rule.resources or question.resource.type in rule.resources
    )


def vocabulary_of(rules: list[PolicyRule]) -> dict[str, list[Any]]:
    """Return the constants that rules compare each attribute with, as they stand in the policy."""
    found: dict[str, list[Any]] = {}
    for leaf in (leaf for rule in rules if rule.when for leaf in leaves(rule.when)):
        if isinstance(leaf, Comparison):
            said = [operand.said for operand in leaf.operands if isinstance(operand, Constant)]
            words = [each for one in said for each in (one if isinstance(one, list) else [one])]
            for name in (name for operand in leaf.operands for name in operand.names()):
                known = found.setdefault(name, [])
                known += [word for word in words if word not in known]
    return found
