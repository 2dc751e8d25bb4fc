"""Conditions as a tree. Each says whether it holds on a question, or raises `Unreadable`; and, asked for it, why.

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

    def holds(self, reading: Reading) -> bool:
        """Return whether all parts hold; those after the first that does not are not read."""
        return all(part.holds(reading) for part in self.parts)

    def because(self, reading: Reading) -> str:
        """Return the reasons of all parts, or that of the first that does not hold."""
        failing = next((part for part in self.parts if not part.holds(reading)), None)
        return failing.because(reading) if failing else "; ".join(part.because(reading) for part in self.parts)


@dataclass(frozen=True)
class AnyOf:
    """Holds where some part does."""

    parts: "tuple[Condition, ...]"

    def holds(self, reading: Reading) -> bool:
        """Return whether some part holds; those after it are not read."""
        return any(part.holds(reading) for part in self.parts)

    def because(self, reading: Reading) -> str:
        """Return the reason of the first part that holds, or those of all."""
        holding = next((part for part in self.parts if part.holds(reading)), None)
        return holding.because(reading) if holding else "; ".join(part.because(reading) for part in self.parts)


@dataclass(frozen=True)
class Negation:
    """Holds where its part does not. What can't be read stays unreadable."""

    part: "Condition"

    def holds(self, reading: Reading) -> bool:
        """Return whether the part does not hold."""
        return not self.part.holds(reading)

    def because(self, reading: Reading) -> str:
        """Return the part's reason."""
        return self.part.because(reading)


@dataclass(frozen=True)
class Presence:
    """Holds where an attribute is there (XACML 3.0, 7.3.5, the other way round: no rule fails by it)."""

    name: str

    def holds(self, reading: Reading) -> bool:
        """Return whether it is there."""
        return reading.present(self.name)

    def because(self, reading: Reading) -> str:
        """Return the attribute's name, and whether it is there."""
        return f"{self.name} is {'there' if reading.present(self.name) else 'missing'}"


@dataclass(frozen=True)
class Comparison:
    """Holds where the operator's test does."""

    operator: Operator
    operands: tuple[Operand, ...]

    def holds(self, reading: Reading) -> bool:
        """Return whether the operands are as the operator says."""
        return self.operator.test(*[each.read(reading) for each in self.operands])

    def because(self, reading: Reading) -> str:
        """Return the operands with their values, and how they stand to each other."""
        sentence = self.operator.holds if self.holds(reading) else self.operator.fails
        return sentence.format(*[each.words(reading) for each in self.operands])


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
