"""What rules read of a question: each attribute once, with its type held to, and where it came from."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from labsrv.kit.access.decisions import AttributeRead
from labsrv.kit.access.questions import NAMES, Question
from labsrv.policy.conditions.values import Unreadable, shown, typed

MISSING = "is missing"


@dataclass(frozen=True)
class DeclaredAttribute:
    """An attribute as the policy declares it: its type, whom to believe about it, and who could change it.

    A policy that decides by the environment documents which attributes it takes, and from where (ASVS 5.0, 8.1.3).
    """

    name: str
    type: str
    source: str
    changeable_by: str = "nobody"


# Part of every question, and declared by no policy.
BUILT_IN = {name: DeclaredAttribute(name, "text", "the question") for name in NAMES}


class KnownAttribute(NamedTuple):
    """An attribute that was read: what the trace says of it, and its typed value."""

    read: AttributeRead
    value: Any


class Reading:
    """One question while rules read it. `names` are those that were read since it was last set to nothing.

    `changes` stand for attributes of the question, None for one that is taken out; they come from where they should.
    """

    def __init__(
        self,
        question: Question,
        declared: Mapping[str, DeclaredAttribute],
        sources: Mapping[str, str] | None,
        changes: Mapping[str, Any] | None = None,
    ):
        self.question, self.declared, self.sources = question, declared, sources
        self.changes = changes or {}
        self.known: dict[str, KnownAttribute] = {}
        self.names: dict[str, None] = {}

    def value(self, name: str) -> Any:
        """Return an attribute's typed value, or raise `Unreadable`."""
        known = self.look(name)
        if not known.read.problem:
            return known.value

        raise Unreadable(f"{name} {known.read.problem}")

    def present(self, name: str) -> bool:
        """Return whether an attribute is there; raise `Unreadable` for one that is there and can't be believed."""
        problem = self.look(name).read.problem
        if problem in ("", MISSING):
            return not problem

        raise Unreadable(f"{name} {problem}")

    def words(self, name: str) -> str:
        """Return how a sentence names an attribute: `subject.clearance (2)`."""
        return f"{name} ({shown(self.look(name).read.value)})"

    def look(self, name: str) -> KnownAttribute:
        """Return an attribute, and note that it was read."""
        self.names[name] = None
        if name not in self.known:
            self.known[name] = self.find(name)
        return self.known[name]

    def find(self, name: str) -> KnownAttribute:
        """Return an attribute as the question has it."""
        attribute = self.declared[name]
        value = self.changes[name] if name in self.changes else self.question.attribute(name)
        source, problem, understood = self.source(attribute), MISSING, None
        if value is not None:
            problem = "" if source == attribute.source else f"comes from {source}, and has to from {attribute.source}"
        if value is not None and not problem:
            try:
                understood = typed(value, attribute.type)
            except Unreadable as error:
                problem = str(error)

        read = AttributeRead(name, value, attribute.type, source, problem)
        return KnownAttribute(read, understood)

    def source(self, attribute: DeclaredAttribute) -> str:
        """Return where a value came from: as whoever asks says, who is asked to say it of each or of none."""
        if self.sources is None or attribute.name in BUILT_IN or attribute.name in self.changes:
            return attribute.source

        return self.sources.get(attribute.name, "nobody knows where")

    def having(self, changes: Mapping[str, Any]) -> "Reading":
        """Return a reading of the question with more changes; what they leave alone is not read again."""
        other = Reading(self.question, self.declared, self.sources, {**self.changes, **changes})
        other.known = {name: known for name, known in self.known.items() if name not in changes}
        return other

    def noted(self) -> tuple[AttributeRead, ...]:
        """Return what was read since `names` was set to nothing."""
        return tuple(self.known[name].read for name in self.names)
