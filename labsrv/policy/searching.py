"""Who can, what can they do, and on what? The three searches of AuthZEN 1.0 (section 8), by asking of each.

A question names the one that is searched for by its type; its id is not looked at.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from labsrv.kit.access.decisions import Decision
from labsrv.kit.access.questions import Action, Entity, Question
from labsrv.policy.deciding import decide
from labsrv.policy.policy import Policy


def search_subjects(
    policy: Policy, question: Question, subjects: Iterable[Entity], sources: Mapping[str, str] | None = None
) -> list[tuple[Entity, Decision]]:
    """Return the subjects of the question's type that would be permitted, each with its decision."""
    asked = ((each, replace(question, subject=each)) for each in subjects if each.type == question.subject.type)
    return [(each, decision) for each, one in asked if (decision := decide(policy, one, sources)).allowed]


def search_resources(
    policy: Policy, question: Question, resources: Iterable[Entity], sources: Mapping[str, str] | None = None
) -> list[tuple[Entity, Decision]]:
    """Return the resources of the question's type that would be permitted, each with its decision."""
    asked = ((each, replace(question, resource=each)) for each in resources if each.type == question.resource.type)
    return [(each, decision) for each, one in asked if (decision := decide(policy, one, sources)).allowed]


def search_actions(
    policy: Policy,
    question: Question,
    actions: Iterable[Action] | None = None,
    sources: Mapping[str, str] | None = None,
) -> list[tuple[Action, Decision]]:
    """Return the permitted actions, each with its decision: of those that the policy names, or of yours."""
    among = [Action(name) for name in policy.actions] if actions is None else actions
    asked = ((each, replace(question, action=each)) for each in among)
    return [(each, decision) for each, one in asked if (decision := decide(policy, one, sources)).allowed]
