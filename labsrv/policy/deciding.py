"""The policy decision point (PDP): a pure function of policy and question (NIST SP 800-162, 2.3; XACML 3.0, 7).

It has no clock, no database and no memory; whatever it goes by stands in the question. It never raises for a question:
a rule that can't be read is indeterminate, with its reason.
"""

from collections.abc import Mapping
from typing import Any

from labsrv.kit.access.decisions import INDETERMINATE, NOT_APPLICABLE, PERMIT, Decision, RuleRead
from labsrv.kit.access.questions import Question
from labsrv.policy.combining import ALGORITHMS
from labsrv.policy.conditions.reading import Reading
from labsrv.policy.conditions.values import Unreadable
from labsrv.policy.policy import Policy, PolicyRule


def decide(policy: Policy, question: Question, sources: Mapping[str, str] | None = None) -> Decision:
    """Return the decision, with every rule and what it read.

    `sources` says of each attribute where its value came from; one that comes from elsewhere than the policy declares
    can't be read. Without `sources`, all of them come from where they should.
    """
    reading = Reading(question, policy.attributes, sources)
    # Every rule is read, also after the outcome is certain: whoever asks why wants all of them.
    trace = tuple(apply(rule, reading) for rule in policy.rules)
    outcome, determining, could_be = ALGORITHMS[policy.combining](trace)

    demands, says = demanded(policy, outcome, determining)
    return Decision(outcome, demands, trace, determining, could_be, says)


def apply(rule: PolicyRule, reading: Reading, explain: bool = True) -> RuleRead:
    """Return what one rule says of a question (XACML 3.0, 7.11), with a sentence that explains it."""
    question = reading.question
    reading.names = {}
    try:
        if rule.actions and question.action.name not in rule.actions:
            return rule.other_action
        if rule.resources and question.resource.type not in rule.resources:
            return rule.other_resource

        holds = rule.when is None or rule.when.holds(reading)
        because = (rule.when.because(reading) if rule.when else "it always applies") if explain else ""
    except Unreadable as error:
        return RuleRead(rule.name, rule.effect, INDETERMINATE, reading.noted(), str(error))
    except Exception as error:
        # Whatever else goes wrong is a reason to refuse, and none to stop (CWE-636).
        return RuleRead(rule.name, rule.effect, INDETERMINATE, (), f"the rule broke: {type(error).__name__}")
    return RuleRead(rule.name, rule.effect, rule.effect if holds else NOT_APPLICABLE, reading.noted(), because)


def demanded(policy: Policy, outcome: str, determining: tuple[str, ...]) -> tuple[tuple[Mapping[str, Any], ...], str]:
    """Return what the determining rules demand of the PEP (XACML 3.0, 7.18), and what they say to the refused."""
    if outcome in (NOT_APPLICABLE, INDETERMINATE):
        return (), ""

    deciding = set(determining)
    found = [rule for rule in policy.rules if rule.name in deciding] if deciding else []
    demands: list[Mapping[str, Any]] = []
    for rule in found:
        demands += [each for each in rule.demands if each not in demands]
    says = "" if outcome == PERMIT else next((rule.says for rule in found if rule.says), "")
    return tuple(demands), says
