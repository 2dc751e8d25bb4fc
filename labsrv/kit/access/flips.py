"""What would have to change for the other answer: a smallest set of changes, and the decision it leads to."""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from labsrv.kit.access.decisions import Decision


@dataclass(frozen=True)
class Change:
    """One attribute as it is and as it would have to be; None where it is missing."""

    name: str
    was: Any
    now: Any
    changeable_by: str = ""  # "HR", "the subject", "time", "nobody"

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Change":
        """Return what `as_json` wrote."""
        return cls(**said)

    def __str__(self) -> str:
        """Return it as words: `subject.clearance: 2 → 3 (HR)`."""
        was, now = ("missing" if each is None else repr(each) for each in (self.was, self.now))
        return f"{self.name}: {was} → {now}" + (f" ({self.changeable_by})" if self.changeable_by else "")


@dataclass(frozen=True)
class Flip:
    """Changes that together turn the answer, none of them without need; `to` is what asking again answered."""

    changes: tuple[Change, ...]
    to: Decision

    @property
    def changeable_by(self) -> tuple[str, ...]:
        """Return who has to act, each once."""
        return tuple(sorted({each.changeable_by for each in self.changes}))

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {"changes": [each.as_json() for each in self.changes], "to": self.to.as_json()}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Flip":
        """Return what `as_json` wrote."""
        return cls(tuple(Change.from_json(each) for each in said["changes"]), Decision.from_json(said["to"]))


def by_who(flips: Iterable[Flip]) -> dict[tuple[str, ...], list[Flip]]:
    """Return flips by who has to act for them, in the order in which they come."""
    found: dict[tuple[str, ...], list[Flip]] = {}
    for flip in flips:
        found.setdefault(flip.changeable_by, []).append(flip)
    return found
