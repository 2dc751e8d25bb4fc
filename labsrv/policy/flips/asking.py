"""Asking again with some attributes changed: the only proof that a change would turn the answer."""

from collections.abc import Iterator, Mapping
from typing import Any

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.questions import Question
from labsrv.policy.conditions.operands import Constant
from labsrv.policy.conditions.reading import Reading
from labsrv.policy.conditions.tree import Comparison, leaves
from labsrv.policy.deciding import decide
from labsrv.policy.policy import Policy, PolicyRule

Changes = Mapping[str, Any]  # names and new values; None takes an attribute out


class Asking:
    """A question to a policy, and how often it was asked in other words."""

    def __init__(self, policy: Policy, question: Question, sources: Mapping[str, str] | None):
        self.policy, self.question, self.sources = policy, question, sources
        self.asked = 0
        self.vocabulary = vocabulary_of(list(self.about_this()))

    def about_this(self) -> Iterator[PolicyRule]:
        """Return the rules that are about this action and this type of resource."""
        for rule in self.policy.rules:
            if (not rule.actions or self.question.action.name in rule.actions) and (
                not rule.resources or self.question.resource.type in rule.resources
            ):
                yield rule

    def ask(self, changes: Changes) -> Decision:
        """Return the decision on the question with these changes."""
        self.asked += 1
        return decide(self.policy, self.having(changes), self.believed(changes))

    def reading(self, changes: Changes) -> Reading:
        """Return what rules would read of it."""
        return Reading(self.having(changes), self.policy.attributes, self.believed(changes))

    def having(self, changes: Changes) -> Question:
        """Return the question with these changes."""
        question = self.question
        for name, value in changes.items():
            question = question.having(name, value)
        return question

    def believed(self, changes: Changes) -> Mapping[str, str] | None:
        """Return where values come from: those of changes come from where they should."""
        if self.sources is None:
            return None

        return {**self.sources, **{name: self.policy.attributes[name].source for name in changes}}


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
