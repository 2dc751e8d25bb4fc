"""What would make a condition hold, or not: alternatives, each a set of changes that are tried on the condition."""

import itertools
from collections.abc import Iterator
from typing import Any

from labsrv.kit.access.questions import NAMES
from labsrv.policy.conditions.operands import TimeOfDay
from labsrv.policy.conditions.reading import Reading
from labsrv.policy.conditions.tree import AllOf, AnyOf, Comparison, Condition, Negation, Presence
from labsrv.policy.flips.asking import Asking
from labsrv.policy.flips.candidates import attribute_in, candidates, sample

MOST_ALTERNATIVES = 12  # of one condition
MOST_VALUES = 2  # of one attribute of one test; texts have more, since none is nearer than another
MOST_TEXTS = 6


def repairs(condition: Condition | None, wanted: bool, asking: Asking, reading: Reading) -> list[dict[str, Any]]:
    """Return sets of changes of what is read with which a condition is as wanted; [{}] where it is so already."""
    if condition is None:
        return [{}] if wanted else []
    if asking.truth(condition, reading) is wanted:
        return [{}]

    match condition:
        case Negation(part):
            return repairs(part, not wanted, asking, reading)
        case AllOf(parts) | AnyOf(parts):
            # All have to be as they are, or one: `all` is true by all of its parts, and `any` false by all of them.
            if isinstance(condition, AllOf) is wanted:
                return together([repairs(part, wanted, asking, reading) for part in parts])
            return list(itertools.islice(by_one(parts, wanted, asking, reading), MOST_ALTERNATIVES))
        case Presence(name):
            return [{name: some(name, asking) if wanted else None}]
        case Comparison():
            return list(of_test(condition, wanted, asking, reading))


def by_one(parts: tuple[Condition, ...], wanted: bool, asking: Asking, reading: Reading) -> Iterator[dict[str, Any]]:
    """Return what makes one part as wanted, and what stands before it readable: else nobody gets that far."""
    before: list[list[dict[str, Any]]] = []
    for part in parts:
        yield from together([*before, repairs(part, wanted, asking, reading)])
        if asking.truth(part, reading) is None:
            before.append(repairs(part, not wanted, asking, reading))


def together(alternatives: list[list[dict[str, Any]]]) -> list[dict[str, Any]]:
    """Return one set of changes for each way to take one alternative of each; those that contradict are left out."""
    found: list[dict[str, Any]] = [{}]
    for each in alternatives:
        merged = (made | more for made in found for more in each if agree(made, more))
        found = sorted(itertools.islice(merged, MOST_ALTERNATIVES * 3), key=len)[:MOST_ALTERNATIVES]
    return found


def agree(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Return whether two sets of changes can be made together."""
    return all(one[name] == value for name, value in other.items() if name in one)


def some(name: str, asking: Asking) -> Any:
    """Return some value for an attribute that is missing."""
    return sample(name, asking.policy.attributes[name].type, asking.vocabulary.get(name, []))


def of_test(test: Comparison, wanted: bool, asking: Asking, reading: Reading) -> Iterator[dict[str, Any]]:
    """Return changes of one attribute with which a test is as wanted; of two, where two can't be read."""
    given = {name: some(name, asking) for name in unread(test, reading)}
    for operand in test.operands:
        attribute = attribute_in(operand)
        # Who asks, for what, of what type, is the question itself.
        if attribute is None or attribute.name in NAMES:
            continue
        others = {name: value for name, value in given.items() if name != attribute.name}
        if others.keys() & set(NAMES):
            continue

        trying = reading.having(others) if others else reading
        fits = (
            others | {attribute.name: value}
            for value in candidates(test, operand, trying, [])
            if asking.truth(test, trying.having({attribute.name: value})) is wanted
        )
        yield from itertools.islice(fits, MOST_TEXTS if attribute.type == "text" else MOST_VALUES)


def unread(test: Comparison, reading: Reading) -> list[str]:
    """Return the attributes of a test that can't be read."""
    found = []
    for operand in test.operands:
        parts = [operand.moment, operand.zone] if isinstance(operand, TimeOfDay) else [operand]
        found += [name for part in parts for name in part.names() if reading.look(name).read.problem]
    return found
