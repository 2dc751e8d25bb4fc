"""What became different in a store between two looks: rows added, fields changed, rows removed."""

from dataclasses import dataclass, field
from typing import Any

Document = dict[str, Any]
Looked = dict[str, dict[str, Document]]


@dataclass
class CollectionChange:
    """What changed in one collection; rows by their `_id` as text."""

    added: set[str] = field(default_factory=set)
    removed: dict[str, Document] = field(default_factory=dict)
    changed: dict[str, dict[str, Any]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.changed)


MISSING = object()


def difference(before: Looked, after: Looked) -> dict[str, CollectionChange]:
    """Return the change of each collection that has one; `changed` has the fields' former values, or MISSING."""
    found = {name: compare(before.get(name, {}), after.get(name, {})) for name in before | after}
    return {name: change for name, change in found.items() if change}


def compare(before: dict[str, Document], after: dict[str, Document]) -> CollectionChange:
    """Return the change between two looks at one collection."""
    change = CollectionChange(
        added=after.keys() - before.keys(),
        removed={key: row for key, row in before.items() if key not in after},
    )
    for key in before.keys() & after.keys():
        old, new = before[key], after[key]
        names = [name for name in old | new if old.get(name, MISSING) != new.get(name, MISSING)]
        if names:
            change.changed[key] = {name: old.get(name, MISSING) for name in names}
    return change
