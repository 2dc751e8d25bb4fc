"""The smallest sets of attribute changes that turn the answer, each proved by asking again.

The search goes by the policy: it looks at which rules stand in the way, and at what would make each apply or not apply.
So it asks some hundred times where trying all values of ten attributes would ask millions. It is bounded, and what it
returns is right; that it found everything is not promised where a bound was reached.
"""

import itertools
from collections.abc import Iterator, Mapping
from typing import Any

from labsrv.kit.access.decisions import DENY, INDETERMINATE, NOT_APPLICABLE, PERMIT, RuleRead
from labsrv.kit.access.flips import Change, Flip
from labsrv.kit.access.questions import NAMES, Question
from labsrv.policy.conditions.reading import Reading
from labsrv.policy.conditions.tree import Comparison, Presence, leaves
from labsrv.policy.flips.asking import Asking, Changes
from labsrv.policy.flips.candidates import attribute_in, candidates
from labsrv.policy.flips.repairs import repairs, some
from labsrv.policy.policy import Policy, PolicyRule

MOST_CHANGES = 4  # in one flip
MOST_ASKED = 200  # times
MOST_TRIED = 1_000  # conditions
MOST_FLIPS = 12
# Of these, one value is as good as the nearest; of others, each is a flip of its own.
NEAREST = ("number", "time", "moment", "address")

Goal = tuple[PolicyRule, bool]  # a rule, and whether its condition is to hold


def flips(
    policy: Policy,
    question: Question,
    sources: Mapping[str, str] | None = None,
    *,
    most_changes: int = MOST_CHANGES,
    most_asked: int = MOST_ASKED,
    most_tried: int = MOST_TRIED,
    most: int = MOST_FLIPS,
) -> list[Flip]:
    """Return what would turn the answer, smallest first: to a permit what is refused, and the other way round."""
    asking = Asking(policy, question, sources)
    found: dict[frozenset[tuple[str, str]], Flip] = {}
    for changes in turning(asking, most_changes, most_asked, most_tried):
        if kind(asking, changes) not in found:
            found[kind(asking, changes)] = flip_of(asking, changes)
        if len(found) == most:
            break
    # Among flips of a size, those that somebody could bring about come first.
    return sorted(found.values(), key=lambda flip: (len(flip.changes), "nobody" in flip.changeable_by))


def flip_of(asking: Asking, changes: Changes) -> Flip:
    """Return a flip, with the decision that asking again brings."""
    return Flip(tuple(change(asking, name, changes[name]) for name in sorted(changes)), asking.prove(changes))


def turning(asking: Asking, most_changes: int, most_asked: int, most_tried: int) -> Iterator[dict[str, Any]]:
    """Return sets of changes that turn the answer and none of whose parts does, smallest first."""
    first = asking.reading({})
    wanted = not asking.allows(asking.trace(first))
    waiting: dict[int, list[dict[str, Any]]] = {size: [] for size in range(most_changes + 1)}
    waiting[0].append({})
    seen = {key({})}
    turned: list[frozenset[tuple[str, str]]] = []
    # One attribute alone may serve several tests at once, with a value that none of them would name: try them all.
    for changes in singles(asking, first):
        if asking.asked < most_asked and asking.allows(asking.trace(first.having(changes))) is wanted:
            turned.append(key(changes))
            yield changes

    while sets := next(filter(None, waiting.values()), None):
        changes = sets.pop(0)
        if any(each <= key(changes) for each in turned):
            continue
        if asking.asked >= most_asked or asking.tried >= most_tried:
            return

        reading = first.having(changes)
        trace = asking.trace(reading)
        if asking.allows(trace) is wanted:
            turned.append(key(changes))
            if is_minimal(asking, changes, wanted):
                yield changes
            continue
        for more in ways_on(asking, reading, trace, wanted):
            if len(more) <= most_changes and key(more) not in seen:
                seen.add(key(more))
                waiting[len(more)].append(more)


def singles(asking: Asking, reading: Reading) -> Iterator[dict[str, Any]]:
    """Return every change of one attribute to a value that some test has to do with, each once, nearest first."""
    seen = set()
    for rule in asking.rules:
        for test in leaves(rule.when) if rule.when else ():
            for name, value in values_of(test, reading, asking):
                made = {name: value}
                if key(made) not in seen and not same(value, asking.question.attribute(name)):
                    seen.add(key(made))
                    yield made


def values_of(test: Presence | Comparison, reading: Reading, asking: Asking) -> Iterator[tuple[str, Any]]:
    """Return attributes of a test, with values to try."""
    if isinstance(test, Presence):
        yield test.name, None
        yield test.name, some(test.name, asking)
        return

    for operand in test.operands:
        attribute = attribute_in(operand)
        if attribute and attribute.name not in NAMES:
            for value in candidates(test, operand, reading, asking.vocabulary.get(attribute.name, [])):
                yield attribute.name, value


def is_minimal(asking: Asking, changes: Changes, wanted: bool) -> bool:
    """Return whether no part of a set of changes turns the answer by itself."""
    parts = (part for size in range(1, len(changes)) for part in itertools.combinations(changes.items(), size))
    return not any(asking.allows(asking.trace(asking.reading(dict(part)))) is wanted for part in parts)


def ways_on(asking: Asking, reading: Reading, trace: list[RuleRead], wanted: bool) -> Iterator[dict[str, Any]]:
    """Return larger sets of changes, each of which brings one rule to where it has to be."""
    for rule, holds in goals(asking, trace, wanted):
        for repair in repairs(rule.when, holds, asking, reading):
            made = {**reading.changes, **repair}
            # What is as it was is no change.
            yield {name: value for name, value in made.items() if not same(value, asking.question.attribute(name))}


def goals(asking: Asking, trace: list[RuleRead], wanted: bool) -> list[Goal]:
    """Return the rules whose condition should hold or not hold, for the answer to come nearer to the wanted one."""
    about = list(zip(asking.rules, trace, strict=True))
    combining = asking.policy.combining
    if combining == "first-applicable":
        return goals_in_order(about, wanted)

    permits = [(rule, read) for rule, read in about if rule.effect == PERMIT]
    denies = [(rule, read) for rule, read in about if rule.effect == DENY]
    firing = [(rule, False) for rule, read in permits if read.outcome == PERMIT]
    if combining != "deny-overrides":
        return [(rule, True) for rule, _ in permits] if wanted else firing[:1]
    if not wanted:
        return [*[(rule, True) for rule, _ in denies], *firing[:1]]

    # All that stand in the way have to go, so it is enough to begin with the first.
    in_the_way = [(rule, False) for rule, read in denies if read.outcome in (DENY, INDETERMINATE)]
    return in_the_way[:1] or [(rule, True) for rule, _ in permits]


def goals_in_order(about: list[tuple[PolicyRule, RuleRead]], wanted: bool) -> list[Goal]:
    """Return the same where the first rule that applies decides: it has to go, or another to come before it."""
    effect = PERMIT if wanted else DENY
    found: list[Goal] = []
    for rule, read in about:
        if rule.effect == effect:
            found.append((rule, True))
        if read.outcome != NOT_APPLICABLE:
            return [*found, (rule, False)]

    return found


def change(asking: Asking, name: str, now: Any) -> Change:
    """Return one change, with who could make it."""
    return Change(name, asking.question.attribute(name), now, asking.policy.attributes[name].changeable_by)


def kind(asking: Asking, changes: Changes) -> frozenset[tuple[str, str]]:
    """Return what two flips have in common that are the same but for how far they go."""
    types = {name: asking.policy.attributes[name].type for name in changes}
    return frozenset((name, "" if types[name] in NEAREST else repr(value)) for name, value in changes.items())


def key(changes: Changes) -> frozenset[tuple[str, str]]:
    """Return changes as something that can be looked up; 1 and true are two values."""
    return frozenset((name, repr(value)) for name, value in changes.items())


def same(one: Any, other: Any) -> bool:
    """Return whether two values are one; 1 and true are two."""
    return type(one) is type(other) and bool(one == other)
