"""Conditions as a tree. Each says whether it holds on a question, and why, or raises `Unreadable`.

Parts are evaluated from left to right, and those after the deciding one not at all, as in XACML 3.0 (A.3.5: `and`,
`or`) and in Cedar. So `present` can stand before what needs the attribute.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from labsrv.policy.conditions.operands import Operand
from labsrv.policy.conditions.operators import Operator
from labsrv.policy.conditions.reading import Reading


@dataclass(frozen=True)
class AllOf:
    """Holds where every part does. It has one part at least: all of nothing would be true."""

    parts: "tuple[Condition, ...]"

    def holds(self, reading: Reading) -> tuple[bool, str]:
        """Return whether, and why: all parts, or the first that does not hold."""
        reasons = []
        for part in self.parts:
            truth, because = part.holds(reading)
            if not truth:
                return False, because
            reasons.append(because)
        return True, "; ".join(reasons)


@dataclass(frozen=True)
class AnyOf:
    """Holds where some part does."""

    parts: "tuple[Condition, ...]"

    def holds(self, reading: Reading) -> tuple[bool, str]:
        """Return whether, and why: the first part that holds, or all."""
        reasons = []
        for part in self.parts:
            truth, because = part.holds(reading)
            if truth:
                return True, because
            reasons.append(because)
        return False, "; ".join(reasons)


@dataclass(frozen=True)
class Negation:
    """Holds where its part does not. What can't be read stays unreadable."""

    part: "Condition"

    def holds(self, reading: Reading) -> tuple[bool, str]:
        """Return whether, and the part's reason."""
        truth, because = self.part.holds(reading)
        return not truth, because


@dataclass(frozen=True)
class Presence:
    """Holds where an attribute is there (XACML 3.0, 7.3.5, the other way round: no rule fails by it)."""

    name: str

    def holds(self, reading: Reading) -> tuple[bool, str]:
        """Return whether, and the attribute's name."""
        there = reading.present(self.name)
        return there, f"{self.name} is there" if there else f"{self.name} is missing"


@dataclass(frozen=True)
class Comparison:
    """Holds where the operator's test does."""

    operator: Operator
    operands: tuple[Operand, ...]

    def holds(self, reading: Reading) -> tuple[bool, str]:
        """Return whether, and the operands with their values."""
        truth = self.operator.test(*[each.read(reading) for each in self.operands])
        sentence = self.operator.holds if truth else self.operator.fails
        return truth, sentence.format(*[each.words(reading) for each in self.operands])


Condition = AllOf | AnyOf | Negation | Presence | Comparison


def leaves(condition: Condition) -> Iterator[Presence | Comparison]:
    """Return the tests of a condition, from left to right."""
    match condition:
        case AllOf(parts) | AnyOf(parts):
            for part in parts:
                yield from leaves(part)
        case Negation(part):
            yield from leaves(part)
        case _:
            yield condition


def names_in(condition: Condition) -> Iterator[str]:
    """Return the attributes that a condition may read, from left to right, some more than once."""
    for leaf in leaves(condition):
        if isinstance(leaf, Presence):
            yield leaf.name
        else:
            for operand in leaf.operands:
                yield from operand.names()
