"""A policy: attributes that it declares, rules, and how their outcomes are combined. People edit it, as JSON.

    {"version": 1, "combining": "deny-overrides",
     "attributes": {"subject.clearance": {"type": "number", "source": "staff directory", "changeable_by": "HR"}},
     "rules": [{"name": "cleared", "effect": "permit", "actions": ["read"], "resources": ["slip"],
                "when": {"at least": [{"attribute": "subject.clearance"}, 3]},
                "demands": [{"name": "watermark"}], "says": "Only those with clearance 3 may read slips."}]}

A rule without "actions", "resources" or "when" is for all of them. Any name that nothing knows is an error here, when
the policy is read, and never a rule that quietly applies to nothing.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from labsrv.kit.access.decisions import DENY, NOT_APPLICABLE, PERMIT, RuleRead
from labsrv.kit.access.questions import PARTS
from labsrv.kit.json_text import BadJson, read_json
from labsrv.policy.combining import ALGORITHMS
from labsrv.policy.conditions.parsing import BadPolicy, ConditionReader
from labsrv.policy.conditions.reading import BUILT_IN, DeclaredAttribute
from labsrv.policy.conditions.tree import Condition
from labsrv.policy.conditions.values import TYPES, shown

VERSION = 1
MOST_RULES = 10_000
ATTRIBUTE = re.compile(r"(?:subject|action|resource|context)\.[A-Za-z_][A-Za-z0-9_ -]{0,63}")
POLICY_MEMBERS = ("version", "about", "combining", "attributes", "rules")
RULE_MEMBERS = ("name", "about", "effect", "actions", "resources", "when", "demands", "says")
ATTRIBUTE_MEMBERS = ("type", "source", "changeable_by", "about")


@dataclass(frozen=True)
class PolicyRule:
    """One rule. Empty `actions` and `resources` are all of them; where `when` is None, it always applies."""

    name: str
    effect: str
    actions: frozenset[str] = frozenset()
    resources: frozenset[str] = frozenset()
    when: Condition | None = None
    demands: tuple[Mapping[str, Any], ...] = ()
    says: str = ""
    # What the trace says where the rule is about something else; made once.
    other_action: RuleRead = field(init=False, repr=False, compare=False)
    other_resource: RuleRead = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for name, what in (("other_action", "actions"), ("other_resource", "resources")):
            among = ", ".join(sorted(getattr(self, what)))
            read = RuleRead(self.name, self.effect, NOT_APPLICABLE, (), f"it is about other {what}: {among}")
            object.__setattr__(self, name, read)


@dataclass(frozen=True)
class Policy:
    """Rules and what they are about; made by `Policy.read`."""

    combining: str
    attributes: Mapping[str, DeclaredAttribute]
    rules: tuple[PolicyRule, ...]

    @classmethod
    def read(cls, said: str | bytes | dict[str, Any]) -> "Policy":
        """Return the policy that JSON describes, as text or read already; raise `BadPolicy` with the place in it."""
        members = known_members(an_object(said), POLICY_MEMBERS, "the policy")
        if members.get("version") != VERSION or isinstance(members.get("version"), bool):
            raise BadPolicy(f"version is {shown(members.get('version'))}: write {VERSION}, the only one there is.")
        combining = one_of(members.get("combining"), ALGORITHMS, "combining")

        attributes = read_attributes(members.get("attributes", {}))
        reader = ConditionReader(BUILT_IN | attributes)
        said_rules = members.get("rules")
        if not isinstance(said_rules, list) or len(said_rules) > MOST_RULES:
            raise BadPolicy(f"rules has to be a list, of {MOST_RULES} at the most.")
        rules = tuple(read_rule(rule, f"rules[{number}]", reader) for number, rule in enumerate(said_rules))
        refuse_twice([rule.name for rule in rules])
        return cls(combining, BUILT_IN | attributes, rules)

    @property
    def actions(self) -> tuple[str, ...]:
        """Return every action that a rule names, each once."""
        return tuple(sorted({action for rule in self.rules for action in rule.actions}))

    def rule(self, name: str) -> PolicyRule:
        """Return a rule by its name."""
        for rule in self.rules:
            if rule.name == name:
                return rule

        raise LookupError(f"The policy has no rule {name!r}.")


def an_object(said: str | bytes | dict[str, Any]) -> dict[str, Any]:
    """Return the object that JSON text is; raise `BadPolicy` for other text, and for a member named twice."""
    twice: list[str] = []
    if isinstance(said, str | bytes):
        try:
            said, twice = read_json(said.decode("utf-8") if isinstance(said, bytes) else said)
        except (BadJson, UnicodeDecodeError) as error:
            raise BadPolicy(f"This is no JSON: {error}.") from error
    if twice:
        raise BadPolicy(f"An object has {twice[0]!r} twice, and one of them would be passed over: take one out.")
    if isinstance(said, dict):
        return said

    raise BadPolicy(f"A policy is an object with {', '.join(POLICY_MEMBERS)}.")


def read_attributes(said: Any) -> dict[str, DeclaredAttribute]:
    """Return the attributes that a policy declares."""
    if not isinstance(said, dict):
        raise BadPolicy('attributes has to be an object: {"subject.clearance": {"type": "number", "source": "…"}}.')

    found = {}
    for name, about in said.items():
        where = f"attributes[{shown(name)}]"
        if name in BUILT_IN:
            raise BadPolicy(f"{where} is part of every question, and text: take it out.")
        if not ATTRIBUTE.fullmatch(name):
            raise BadPolicy(f"{where} is no name: begin with {', '.join(PARTS)}, a dot, then a name.")
        members = known_members(about, ATTRIBUTE_MEMBERS, where)
        found[name] = DeclaredAttribute(
            name,
            one_of(members.get("type"), TYPES, f"{where}.type"),
            a_text(members.get("source"), f"{where}.source", "whom to believe about it"),
            a_text(members.get("changeable_by", "nobody"), f"{where}.changeable_by", "who could change it"),
        )
    return found


def read_rule(said: Any, where: str, reader: ConditionReader) -> PolicyRule:
    """Return a rule, or raise `BadPolicy`."""
    members = known_members(said, RULE_MEMBERS, where)
    return PolicyRule(
        a_text(members.get("name"), f"{where}.name", "a name of its own"),
        one_of(members.get("effect"), (PERMIT, DENY), f"{where}.effect"),
        names(members, "actions", where),
        names(members, "resources", where),
        reader.read(members["when"], f"{where}.when") if "when" in members else None,
        read_demands(members.get("demands", []), f"{where}.demands"),
        a_text(members["says"], f"{where}.says", "a sentence") if "says" in members else "",
    )


def known_members(said: Any, known: tuple[str, ...], where: str) -> dict[str, Any]:
    """Return an object whose members are all known, or raise `BadPolicy`."""
    if not isinstance(said, dict):
        raise BadPolicy(f"{where} has to be an object with {', '.join(known)}.")
    for name in said:
        if name not in known:
            raise BadPolicy(f"{where} has {shown(name)}, which nothing knows: there are {', '.join(known)}.")

    return said


def one_of(said: Any, known: Any, where: str) -> str:
    """Return a word that is one of these, or raise `BadPolicy`."""
    if isinstance(said, str) and said in known:
        return said

    raise BadPolicy(f"{where} is {shown(said)}: write one of {', '.join(known)}.")


def a_text(said: Any, where: str, what: str) -> str:
    """Return a text with something in it, or raise `BadPolicy`."""
    if isinstance(said, str) and said.strip():
        return said

    raise BadPolicy(f"{where} is missing or no text: write {what}.")


def names(members: dict[str, Any], member: str, where: str) -> frozenset[str]:
    """Return the names that a rule is about, none where it is about all of them."""
    if member not in members:
        return frozenset()
    said = members[member]
    if isinstance(said, list) and said and all(isinstance(each, str) and each for each in said):
        if any("*" in each for each in said):
            raise BadPolicy(
                f"{where}.{member} has a '*', and no name is a pattern: leave {member!r} out for all of them."
            )
        return frozenset(said)

    raise BadPolicy(f"{where}.{member} has to be a list of names: leave it out for all of them.")


def read_demands(said: Any, where: str) -> tuple[Mapping[str, Any], ...]:
    """Return what a rule demands of the PEP, each an object with a name."""
    if isinstance(said, list) and all(isinstance(each, dict) and isinstance(each.get("name"), str) for each in said):
        return tuple(dict(each) for each in said)

    raise BadPolicy(f'{where} has to be a list of objects with a name: [{{"name": "step_up", "acr": "mfa"}}].')


def refuse_twice(found: list[str]) -> None:
    """Raise `BadPolicy` for two rules of one name: a trace could not tell them apart."""
    known: set[str] = set()
    for number, name in enumerate(found):
        if name in known:
            raise BadPolicy(f"rules[{number}].name: {shown(name)} is there twice: give one of them another name.")
        known.add(name)
