"""What the PDP knows of entities itself: a policy information point of one file.

Where a question and the file speak of one property of one entity, the file is right: whoever asks may leave a property
out, and never puts another in its place (NIST SP 800-162, 2.3; CWE-807).
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from typing import Any

from labsrv.kit.access.questions import BadQuestion, Entity, Question

MOST_ENTITIES = 100_000


@dataclass(frozen=True)
class StoredEntities:
    """Subjects and resources that the PDP knows, by type and id."""

    subjects: dict[tuple[str, str], Entity] = field(default_factory=dict)
    resources: dict[tuple[str, str], Entity] = field(default_factory=dict)

    @classmethod
    def from_json(cls, said: Any) -> "StoredEntities":
        """Return the entities of {"subjects": […], "resources": […]}, or raise `BadQuestion` with the place."""
        if not isinstance(said, dict) or set(said) - {"subjects", "resources"}:
            raise BadQuestion('The entities are an object: {"subjects": [{"type": …, "id": …}], "resources": […]}.')

        return cls(read_list(said, "subjects"), read_list(said, "resources"))

    def completed(self, question: Question) -> Question:
        """Return a question with what is known of its subject and its resource."""
        return replace(
            question,
            subject=merged(question.subject, self.subjects),
            resource=merged(question.resource, self.resources),
        )


def merged(entity: Entity, known: dict[tuple[str, str], Entity]) -> Entity:
    """Return an entity with the properties that are known of it, which take the place of those that it came with."""
    found = known.get((entity.type, entity.id))
    return replace(entity, properties={**entity.properties, **found.properties}) if found else entity


def read_list(said: dict[str, Any], name: str) -> dict[tuple[str, str], Entity]:
    """Return entities by type and id; raise `BadQuestion` for what is none, and for one that is there twice."""
    members = said.get(name, [])
    if not isinstance(members, list) or len(members) > MOST_ENTITIES:
        raise BadQuestion(f"{name} has to be a list, of {MOST_ENTITIES} at the most.")

    found: dict[tuple[str, str], Entity] = {}
    for number, each in enumerate(members):
        entity = Entity.from_json(each, f"{name}[{number}]")
        if (entity.type, entity.id) in found:
            raise BadQuestion(f"{name}[{number}]: {entity.type} {entity.id!r} is there twice: take one out.")
        found[entity.type, entity.id] = entity
    return found


def of_type(known: dict[tuple[str, str], Entity], wanted: str, said: Iterable[tuple[str, Any]]) -> list[Entity]:
    """Return the known entities of a type, with properties that whoever searches says of all of them."""
    own = dict(said)
    return [replace(each, properties={**own, **each.properties}) for each in known.values() if each.type == wanted]
