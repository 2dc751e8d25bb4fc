"""The operators: what each compares, and how it reads where it holds and where it does not."""

import operator
from collections.abc import Callable
from typing import Any, NamedTuple

IN_ORDER = frozenset({"number", "time", "moment"})
SINGLE = IN_ORDER | {"text", "boolean", "address"}


class Operator(NamedTuple):
    """One operator: how many operands, of which types the first may be, the test, and the sentences."""

    name: str
    operands: int
    types: frozenset[str]
    test: Callable[..., bool]
    holds: str
    fails: str
    list_last: bool = False  # the last operand is a list


def between(value: Any, low: Any, high: Any) -> bool:
    """Return whether low ≤ value < high: at 18:00:00, the hours until 18:00 are over."""
    return bool(low <= value < high)


def is_in(value: Any, among: Any) -> bool:
    """Return whether a value is one of these, whole and exactly: "hr" is not in ("hrd",)."""
    return value in among


def in_network(address: Any, networks: Any) -> bool:
    """Return whether an address belongs to one of these networks."""
    return any(address in network for network in networks)


OPERATORS = {
    each.name: each
    for each in (
        Operator("equal", 2, SINGLE, operator.eq, "{} is {}", "{} is not {}"),
        Operator("less", 2, IN_ORDER, operator.lt, "{} is less than {}", "{} is not less than {}"),
        Operator("at most", 2, IN_ORDER, operator.le, "{} is at most {}", "{} is more than {}"),
        Operator("at least", 2, IN_ORDER, operator.ge, "{} is at least {}", "{} is less than {}"),
        Operator("between", 3, IN_ORDER, between, "{} is from {} to before {}", "{} is not from {} to before {}"),
        Operator("in", 2, frozenset({"text", "number"}), is_in, "{} is in {}", "{} is not in {}", True),
        Operator("in network", 2, frozenset({"address"}), in_network, "{} is in {}", "{} is not in {}", True),
    )
}
