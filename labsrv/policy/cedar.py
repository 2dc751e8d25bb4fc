"""The same policy in an engine that is kept: Cedar, through cedarpy.

A policy with deny-overrides becomes Cedar's text; a question becomes entities and a request, held to a schema.
What Cedar has no word for is worked out before and handed over in the context: the time of day in a zone, for one.

Cedar passes over a rule that fails, also where it forbids: it answers Allow, and names the rule among the errors. The
reference says "indeterminate" there, and refuses. `CedarAnswer.allowed` reads Cedar's answer as a PEP should: whatever
forbids and failed is a reason to refuse. `said` is what Cedar itself said.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import cedarpy

from labsrv.kit.access.decisions import DENY, PERMIT
from labsrv.kit.access.questions import Entity, Question
from labsrv.policy.conditions.operands import AttributeValue, Constant, Operand, TimeOfDay
from labsrv.policy.conditions.reading import DeclaredAttribute, Reading
from labsrv.policy.conditions.tree import AllOf, AnyOf, Comparison, Condition, Negation, Presence, leaves
from labsrv.policy.conditions.values import Unreadable, typed
from labsrv.policy.policy import Policy, PolicyRule

TYPES: dict[str, dict[str, Any]] = {
    "text": {"type": "String"},
    "zone": {"type": "String"},
    "number": {"type": "Long"},
    "time": {"type": "Long"},  # seconds since midnight
    "boolean": {"type": "Boolean"},
    "texts": {"type": "Set", "element": {"type": "String"}},
    "address": {"type": "Extension", "name": "ipaddr"},
    "moment": {"type": "Extension", "name": "datetime"},
}
HOLDERS = {"subject": "principal", "resource": "resource", "context": "context"}
SIGNS = {"equal": "==", "less": "<", "at most": "<=", "at least": ">="}
TYPE_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
RESERVED = {"true", "false", "if", "then", "else", "in", "is", "like", "has", "__cedar"}
LARGEST = 2**63 - 1
IN_ERROR = re.compile(r"policy `policy(\d+)`")


class NotInCedar(ValueError):
    """Cedar has no word for this; the message says for what, and what to do."""


@dataclass(frozen=True)
class CedarAnswer:
    """What Cedar said: "Allow", "Deny", or "NoDecision" where it took no question; and by which rules."""

    said: str
    determining: tuple[str, ...] = ()
    errors: tuple[str, ...] = ()  # rules that failed
    forbids_failed: bool = False
    problem: str = ""  # with the question as a whole

    @property
    def allowed(self) -> bool:
        """Return whether a careful PEP lets them in."""
        return self.said == "Allow" and not self.forbids_failed


@dataclass(frozen=True)
class CedarPolicy:
    """A policy as Cedar's text, with its schema; made by `CedarPolicy.of`."""

    policy: Policy
    text: str
    schema: dict[str, Any]
    parsed: cedarpy.PolicySet = field(repr=False)
    parsed_schema: cedarpy.Schema = field(repr=False)

    @classmethod
    def of(
        cls, policy: Policy, subjects: Iterable[str], actions: Iterable[str], resources: Iterable[str]
    ) -> "CedarPolicy":
        """Return a policy in Cedar, for questions with these types and names, or raise `NotInCedar`."""
        if policy.combining != "deny-overrides":
            raise NotInCedar(f"Cedar has deny-overrides alone, and the policy has {policy.combining}.")

        subjects, resources = list(subjects), list(resources)
        types = sorted({*subjects, *resources})
        if len(set(map(type_name, types))) < len(types):
            raise NotInCedar(f"Two of these types have one name in Cedar, which knows no spaces: {', '.join(types)}.")

        text = "\n\n".join(rule_text(rule) for rule in policy.rules)
        schema = schema_of(policy, subjects, list(actions), resources)
        parsed_schema = cedarpy.Schema.from_json_str(json.dumps(schema))
        return cls(policy, text, schema, cedarpy.PolicySet.from_str(text), parsed_schema)

    def ask(self, question: Question) -> CedarAnswer:
        """Return Cedar's answer to a question."""
        request, entities = asked(self.policy, question)
        try:
            known = cedarpy.Entities.from_json_str(json.dumps(entities), schema=self.parsed_schema)
        except ValueError as error:
            return CedarAnswer("NoDecision", problem=str(error))

        result = cedarpy.is_authorized(request, self.parsed, known, schema=self.parsed_schema)
        errors = result.diagnostics.errors
        failed = [self.policy.rules[int(found[1])] for found in map(IN_ERROR.search, errors) if found]
        if result.decision == cedarpy.Decision.NoDecision:
            return CedarAnswer("NoDecision", problem="; ".join(errors))

        return CedarAnswer(
            result.decision.value,
            tuple(rule.name for rule in self.rules(result.diagnostics.reasons)),
            tuple(rule.name for rule in self.policy.rules if rule in failed),
            any(rule.effect == DENY for rule in failed),
        )

    def ask_leaving_open(self, question: Question, names: Iterable[str]) -> str:
        """Return "Allow" or "Deny" where Cedar says so whatever these attributes are, else "NoDecision".

        Partial evaluation is experimental in Cedar, and its answer is never one to let somebody in by.
        """
        request, entities = asked(self.policy, question, names)
        # An entity that nobody names is unknown as a whole, an action too.
        entities.append({"uid": request["action"], "attrs": {}, "parents": []})
        for part in ("principal", "action", "resource"):
            request[part] = f"{request[part]['type']}::{quoted(request[part]['id'])}"
        result = cedarpy.is_authorized_partial(request, self.parsed, json.dumps(entities))
        if result.diagnostics.errors and not result.residuals and result.decision == cedarpy.Decision.NoDecision:
            raise NotInCedar("; ".join(result.diagnostics.errors))

        return str(result.decision.value)

    def rules(self, identifiers: Iterable[str]) -> list[PolicyRule]:
        """Return the rules that Cedar's identifiers stand for, `policy0` being the first, in their order."""
        return [
            self.policy.rules[number] for number in sorted(int(each.removeprefix("policy")) for each in identifiers)
        ]


def rule_text(rule: PolicyRule) -> str:
    """Return one rule in Cedar."""
    actions = ", ".join(f"Action::{quoted(name)}" for name in sorted(rule.actions))
    types = [f"resource is {type_name(name)}" for name in sorted(rule.resources)]
    scope = [
        "principal",
        f"action in [{actions}]" if actions else "action",
        types[0] if len(types) == 1 else "resource",
    ]
    lines = [f"@id({quoted(rule.name)})", f"{'permit' if rule.effect == PERMIT else 'forbid'} ({', '.join(scope)})"]
    # One kind of resource stands in the scope, several in a condition.
    if len(types) > 1:
        lines.append(f"when {{ {' || '.join(types)} }}")
    if rule.when:
        lines.append(f"when {{ {condition_text(rule.when)} }}")
    return "\n".join(lines) + ";"


def condition_text(condition: Condition) -> str:
    """Return a condition in Cedar, which evaluates from left to right as well."""
    match condition:
        case AllOf(parts):
            return f"({' && '.join(condition_text(part) for part in parts)})"
        case AnyOf(parts):
            return f"({' || '.join(condition_text(part) for part in parts)})"
        case Negation(part):
            return f"!({condition_text(part)})"
        case Presence(name):
            return f"({holder(name)} has {quoted(member(name))})"
        case Comparison():
            return test_text(condition)


def test_text(test: Comparison) -> str:
    """Return a test in Cedar."""
    name, operands = test.operator.name, test.operands
    if name == "in network":
        networks = operands[1].value  # type: ignore[union-attr]
        return f"({' || '.join(f'{term(operands[0])}.isInRange(ip({quoted(str(each))}))' for each in networks)})"
    if name == "in":
        return f"{list_term(operands[1])}.contains({term(operands[0])})"
    if name == "between":
        value, low, high = map(term, operands)
        return f"({value} >= {low} && {value} < {high})"

    return f"({term(operands[0])} {SIGNS[name]} {term(operands[1])})"


def list_term(operand: Operand) -> str:
    """Return a list in Cedar: an attribute that is one, or one that stands in the policy."""
    if isinstance(operand, Constant):
        return f"[{', '.join(literal(each) for each in operand.value)}]"

    return term(operand)


def term(operand: Operand) -> str:
    """Return an operand in Cedar."""
    match operand:
        case Constant(type=kind, value=value):
            return literal(value) if kind != "zone" else quoted(str(value))
        case AttributeValue(name=name):
            return f"{holder(name)}[{quoted(member(name))}]"
        case TimeOfDay():
            return f"context[{quoted(derived_name(operand))}]"


def literal(value: Any) -> str:
    """Return a typed value as Cedar writes it."""
    match value:
        case bool():
            return "true" if value else "false"
        case int() if abs(value) <= LARGEST:
            return str(value)
        case str():
            return quoted(value)
        case datetime():
            return f"datetime({quoted(moment_text(value))})"
        case int() | float():
            raise NotInCedar(f"Cedar has whole numbers of 64 bits, and {value} is none: count in smaller units.")

    return f"ip({quoted(str(value))})"


def moment_text(moment: datetime) -> str:
    """Return a moment as Cedar writes it, in thousandths of a second."""
    if moment.microsecond % 1000:
        raise NotInCedar(f"Cedar knows thousandths of a second, and {moment.isoformat()} has finer ones.")

    return f"{moment:%Y-%m-%dT%H:%M:%S}.{moment.microsecond // 1000:03}Z"


def quoted(text: str) -> str:
    """Return a text between quotes, with what is not plain ASCII written out, as Cedar reads it."""
    plain = "".join(each if " " <= each <= "~" and each not in '"\\' else f"\\u{{{ord(each):x}}}" for each in text)
    return f'"{plain}"'


def type_name(name: str) -> str:
    """Return the name of a type of entities, with _ for a space; raise `NotInCedar` for one that Cedar won't read."""
    joined = name.replace(" ", "_")
    if TYPE_NAME.fullmatch(joined) and joined not in RESERVED:
        return joined

    raise NotInCedar(f"Cedar's types have names of letters, digits and _, and {name!r} is none: rename it.")


def holder(name: str) -> str:
    """Return what has an attribute: Cedar's actions have none, so the context has theirs."""
    return HOLDERS.get(name.partition(".")[0], "context")


def member(name: str) -> str:
    """Return what an attribute is called where it is."""
    part, _, own = name.partition(".")
    return name if part == "action" else own


def derived_name(operand: TimeOfDay) -> str:
    """Return what a time of day is called in the context."""
    zone = operand.zone.said if isinstance(operand.zone, Constant) else operand.zone.name
    return f"time of day of {operand.moment.name} in {zone}"


def derived(policy: Policy) -> Iterator[TimeOfDay]:
    """Return the times of day that a policy speaks of."""
    for rule in policy.rules:
        for leaf in leaves(rule.when) if rule.when else ():
            if isinstance(leaf, Comparison):
                yield from (each for each in leaf.operands if isinstance(each, TimeOfDay))


def schema_of(policy: Policy, subjects: list[str], actions: list[str], resources: list[str]) -> dict[str, Any]:
    """Return the schema, as JSON: attributes have their types, and each may be missing."""
    shapes: dict[str, dict[str, Any]] = {"subject": {}, "resource": {}, "context": {}, "action": {}}
    for attribute in policy.attributes.values():
        shapes[attribute.name.partition(".")[0]][member(attribute.name)] = optional(TYPES[attribute.type])
    context = (
        shapes["context"] | shapes["action"] | {derived_name(each): optional(TYPES["time"]) for each in derived(policy)}
    )

    entities: dict[str, Any] = {}
    for names, part in ((subjects, "subject"), (resources, "resource")):
        for name in map(type_name, names):
            known = entities.setdefault(name, {"shape": {"type": "Record", "attributes": {}}})["shape"]["attributes"]
            if any(known.get(own, kind) != kind for own, kind in shapes[part].items()):
                raise NotInCedar(f"{name} is subject and resource, with attributes of one name and two types.")
            known |= shapes[part]
    applies = {
        "principalTypes": [*map(type_name, subjects)],
        "resourceTypes": [*map(type_name, resources)],
        "context": {"type": "Record", "attributes": context},
    }
    named = {*policy.actions, *actions}
    return {"": {"entityTypes": entities, "actions": {name: {"appliesTo": applies} for name in sorted(named)}}}


def optional(kind: dict[str, Any]) -> dict[str, Any]:
    """Return an attribute that may be missing."""
    return kind | {"required": False}


def asked(
    policy: Policy, question: Question, unknown: Iterable[str] = ()
) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    """Return a question as Cedar's request and entities; `unknown` attributes are left open, for partial evaluation."""
    members: dict[str, dict[str, Any]] = {"subject": {}, "resource": {}, "context": {}}
    open_ = set(unknown)
    for attribute in policy.attributes.values():
        part = attribute.name.partition(".")[0]
        value = question.attribute(attribute.name)
        if attribute.name in open_:
            members[part if part in members else "context"][member(attribute.name)] = left_open(attribute.name)
        elif value is not None:
            members[part if part in members else "context"][member(attribute.name)] = as_json(attribute, value)
    for operand in derived(policy):
        if open_ & set(operand.names()):
            members["context"][derived_name(operand)] = left_open(derived_name(operand))
        else:
            members["context"] |= worked_out(policy, question, operand)

    # Somebody who asks about themselves is one entity.
    entities: dict[tuple[str, str], dict[str, Any]] = {}
    for entity, part in ((question.subject, "subject"), (question.resource, "resource")):
        uid = as_uid(entity)
        known = entities.setdefault((entity.type, entity.id), {"uid": uid, "attrs": {}, "parents": []})
        known["attrs"] |= members[part]
    request = {
        "principal": as_uid(question.subject),
        "action": {"type": "Action", "id": question.action.name},
        "resource": as_uid(question.resource),
        "context": members["context"],
    }
    return request, list(entities.values())


def as_uid(entity: Entity) -> dict[str, str]:
    """Return how Cedar's JSON names an entity."""
    return {"type": type_name(entity.type), "id": entity.id}


def as_json(attribute: DeclaredAttribute, value: Any) -> Any:
    """Return a value as the schema wants it; one that is of another type stays as it came, for the schema to refuse."""
    try:
        understood = typed(value, attribute.type)
    except Unreadable:
        return value

    match attribute.type:
        case "time":
            return understood
        case "address":
            return {"__extn": {"fn": "ip", "arg": str(understood)}}
        case "moment":
            return {"__extn": {"fn": "datetime", "arg": moment_text(understood)}}
    return value


def left_open(name: str) -> Mapping[str, Any]:
    """Return what stands for a value that is not known, in Cedar's JSON."""
    return {"__extn": {"fn": "unknown", "arg": name}}


def worked_out(policy: Policy, question: Question, operand: TimeOfDay) -> dict[str, Any]:
    """Return a time of day for the context, nothing where it can't be read."""
    try:
        return {derived_name(operand): operand.read(Reading(question, policy.attributes, None))}
    except Unreadable:
        return {}
