"""May this subject do this action to this resource, here and now? The question, in AuthZEN's form.

The OpenID AuthZEN Authorization API 1.0 (section 5) names four: subject and resource are *entities* with type, id
and properties; the action has a name and properties; the context is whatever else is true at that moment.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

# These are part of every question, and always text. All other attributes are properties, or members of the context.
NAMES = ("subject.type", "subject.id", "action.name", "resource.type", "resource.id")
PARTS = ("subject", "action", "resource", "context")


class BadQuestion(ValueError):
    """This is no question about access; the message names the member, and says what it should be."""


@dataclass(frozen=True)
class Entity:
    """Somebody or something: a subject or a resource (AuthZEN 1.0, 5.1 and 5.2)."""

    type: str
    id: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, said: Any, where: str = "subject") -> "Entity":
        """Return the entity that JSON describes, or raise `BadQuestion`; members nobody knows are passed over."""
        members = an_object(said, where)
        return cls(text(members, "type", where), text(members, "id", where), properties(members, where))

    def as_json(self) -> dict[str, Any]:
        """Return it as AuthZEN writes it."""
        said: dict[str, Any] = {"type": self.type, "id": self.id}
        return said | {"properties": dict(self.properties)} if self.properties else said


@dataclass(frozen=True)
class Action:
    """What the subject wants to do (AuthZEN 1.0, 5.3)."""

    name: str
    properties: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, said: Any, where: str = "action") -> "Action":
        """Return the action that JSON describes, or raise `BadQuestion`."""
        members = an_object(said, where)
        return cls(text(members, "name", where), properties(members, where))

    def as_json(self) -> dict[str, Any]:
        """Return it as AuthZEN writes it."""
        said: dict[str, Any] = {"name": self.name}
        return said | {"properties": dict(self.properties)} if self.properties else said


@dataclass(frozen=True)
class Question:
    """One question to a policy decision point; nothing that decides changes it."""

    subject: Entity
    action: Action
    resource: Entity
    context: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def from_json(cls, said: Any) -> "Question":
        """Return the question that JSON describes, or raise `BadQuestion`; members nobody knows are passed over."""
        members = an_object(said, "the question")
        return cls(
            Entity.from_json(members.get("subject"), "subject"),
            Action.from_json(members.get("action"), "action"),
            Entity.from_json(members.get("resource"), "resource"),
            an_object(members.get("context", {}), "context"),
        )

    def as_json(self) -> dict[str, Any]:
        """Return it as AuthZEN writes it."""
        said = {"subject": self.subject.as_json(), "action": self.action.as_json(), "resource": self.resource.as_json()}
        return said | {"context": dict(self.context)} if self.context else said

    def attribute(self, name: str) -> Any:
        """Return what `subject.clearance` is, or None where the question does not say; names of nothing raise."""
        part, _, member = name.partition(".")
        match part:
            case "subject" | "resource":
                entity: Entity = getattr(self, part)
                return getattr(entity, member) if member in ("type", "id") else entity.properties.get(member)
            case "action":
                return self.action.name if member == "name" else self.action.properties.get(member)
            case "context":
                return self.context.get(member)

        raise LookupError(f"{name!r} is in no question: an attribute's name begins with {', '.join(PARTS)}, and a dot.")

    def having(self, name: str, value: Any) -> "Question":
        """Return the same question with one attribute as `value`, or without it where that is None."""
        part, _, member = name.partition(".")
        if part not in PARTS:
            raise LookupError(f"{name!r} is in no question: begin with {', '.join(PARTS)}, and a dot.")
        if part == "context":
            return replace(self, context=changed(self.context, member, value))
        holder = getattr(self, part)
        if name in NAMES:
            return replace(self, **{part: replace(holder, **{member: value})})

        return replace(self, **{part: replace(holder, properties=changed(holder.properties, member, value))})


def changed(members: Mapping[str, Any], name: str, value: Any) -> dict[str, Any]:
    """Return a copy with one member as `value`, or without it where that is None."""
    rest = {each: kept for each, kept in members.items() if each != name}
    return rest if value is None else rest | {name: value}


def an_object(said: Any, where: str) -> dict[str, Any]:
    """Return a JSON object, or raise `BadQuestion`."""
    if isinstance(said, dict):
        return said

    raise BadQuestion(f"{where} is missing or no object: write {{…}}.")


def text(members: dict[str, Any], name: str, where: str) -> str:
    """Return a member that has to be text with something in it, or raise `BadQuestion`."""
    value = members.get(name)
    if isinstance(value, str) and value:
        return value

    raise BadQuestion(f"{where}.{name} is missing or no text: write {name!r} as a text that is not empty.")


def properties(members: dict[str, Any], where: str) -> dict[str, Any]:
    """Return the properties, none where nothing is said of them; raise `BadQuestion` where they are no object."""
    return an_object(members.get("properties", {}), f"{where}.properties")
