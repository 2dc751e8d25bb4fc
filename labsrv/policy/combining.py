"""How the outcomes of rules become one: the combining algorithms of XACML 3.0, Appendix C.

A rule that could not be read is indeterminate, and its effect says what it might have been. An algorithm that a deny
overrides never permits while a deny might have been among the answers.
"""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from labsrv.kit.access.decisions import DENY, INDETERMINATE, NOT_APPLICABLE, PERMIT, RuleRead


class Combined(NamedTuple):
    """One outcome; of an indeterminate one, what it could have been; and the rules that it comes from."""

    outcome: str
    determining: tuple[str, ...] = ()
    could_be: tuple[str, ...] = ()


def deny_overrides(trace: Sequence[RuleRead]) -> Combined:
    """XACML 3.0, C.2."""
    return overrides(trace, DENY, PERMIT)


def permit_overrides(trace: Sequence[RuleRead]) -> Combined:
    """XACML 3.0, C.4."""
    return overrides(trace, PERMIT, DENY)


def overrides(trace: Sequence[RuleRead], strong: str, weak: str) -> Combined:
    """Return what comes out where one effect overrides the other, in the words and order of C.2 and C.4."""
    if found := those(trace, strong):
        return Combined(strong, found)

    unread = [each for each in trace if each.outcome == INDETERMINATE]
    maybe_strong = any(each.effect == strong for each in unread)
    maybe_weak = any(each.effect == weak for each in unread)
    weaker = those(trace, weak)
    if maybe_strong:
        could_be = (strong, weak) if maybe_weak or weaker else (strong,)
        return Combined(INDETERMINATE, those(trace, INDETERMINATE), could_be)
    if weaker:
        return Combined(weak, weaker)
    if maybe_weak:
        return Combined(INDETERMINATE, those(trace, INDETERMINATE), (weak,))

    return Combined(NOT_APPLICABLE)


def first_applicable(trace: Sequence[RuleRead]) -> Combined:
    """XACML 3.0, C.8: the order of the rules decides, and one that can't be read ends the search."""
    for each in trace:
        if each.outcome == INDETERMINATE:
            return Combined(INDETERMINATE, (each.rule,), (each.effect,))
        if each.outcome != NOT_APPLICABLE:
            return Combined(each.outcome, (each.rule,))

    return Combined(NOT_APPLICABLE)


def deny_unless_permit(trace: Sequence[RuleRead]) -> Combined:
    """XACML 3.0, C.6: two outcomes alone, so that what could not be read is a deny that looks like any other."""
    if found := those(trace, PERMIT):
        return Combined(PERMIT, found)

    return Combined(DENY, those(trace, DENY))


def those(trace: Sequence[RuleRead], outcome: str) -> tuple[str, ...]:
    """Return the names of the rules with this outcome."""
    return tuple(each.rule for each in trace if each.outcome == outcome)


ALGORITHMS: dict[str, Callable[[Sequence[RuleRead]], Combined]] = {
    "deny-overrides": deny_overrides,
    "permit-overrides": permit_overrides,
    "first-applicable": first_applicable,
    "deny-unless-permit": deny_unless_permit,
}
