"""Values to try for one attribute of one test: at the bound, just under it and just over it, nearest first.

They come of the policy's own constants and of what the question has; nothing is drawn.
"""

import ipaddress
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from labsrv.policy.conditions.operands import AttributeValue, Constant, Operand, TimeOfDay
from labsrv.policy.conditions.reading import Reading
from labsrv.policy.conditions.tree import Comparison
from labsrv.policy.conditions.values import Address, Unreadable

SOME_DAY = datetime(2001, 1, 1, 12, tzinfo=UTC)  # where the question has no moment
ELSEWHERE = ("203.0.113.1", "2001:db8::1")  # of RFC 5737 and RFC 3849, in nobody's network
OTHER_TEXT = "something else"
SAMPLES: dict[str, Any] = {
    "text": OTHER_TEXT, "number": 0, "boolean": True, "time": "12:00", "zone": "UTC", "texts": [],
}  # fmt: skip
MOST_MEMBERS = 16  # of a list of constants, tried
DAY = 24 * 60 * 60


def candidates(test: Comparison, operand: Operand, reading: Reading, words: list[Any]) -> Iterator[Any]:
    """Return values to try for the attribute of an operand, as JSON; `words` are those that the policy has for it."""
    others = [read(each, reading) for each in test.operands if each is not operand]
    now = read(operand, reading)
    known = [each for each in others if each is not None]
    if isinstance(operand, TimeOfDay):
        yield from moments_at(operand, known, reading)
        return

    if operand.type == "texts":
        yield from lists(now, known)
        return

    # A list of constants stands for each of its members.
    flat = [each for other in known for each in (other[:MOST_MEMBERS] if isinstance(other, tuple) else [other])]
    yield from BY_TYPE[operand.type](now, flat, words)


def sample(name: str, wanted: str, words: list[Any]) -> Any:
    """Return some value of a type: one that the policy has for the attribute, if it has one."""
    if wanted == "moment":
        return SOME_DAY.isoformat()
    if wanted == "address":
        return ELSEWHERE[0]

    return [words[0]] if wanted == "texts" and words else words[0] if words else SAMPLES[wanted]


def read(operand: Operand, reading: Reading) -> Any:
    """Return an operand's typed value, or None where it can't be read."""
    try:
        return operand.read(reading)
    except Unreadable:
        return None


def numbers(now: Any, others: list[Any], words: list[Any]) -> Iterator[Any]:
    """Return bounds and their neighbours, nearest to what is first."""
    bounds = [*others, *(each for each in words if type(each) in (int, float))]
    found = {each + step for each in bounds for step in (0, -1, 1)}
    yield from sorted(found, key=lambda each: (abs(each - (now or 0)), each))


def times(now: Any, others: list[Any], words: list[Any]) -> Iterator[str]:
    """Return times of day at the bounds, and a second from them."""
    found = {each + step for each in others for step in (0, -1, 1) if 0 <= each + step < DAY}
    for each in sorted(found, key=lambda each: abs(each - (now or 0))):
        yield written(each)


def written(seconds: int) -> str:
    """Return seconds since midnight as a time of day."""
    short = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return f"{short}:{seconds % 60:02}" if seconds % 60 else short


def moments(now: Any, others: list[Any], words: list[Any]) -> Iterator[str]:
    """Return moments at the bounds, and a second from them."""
    found = {each + timedelta(seconds=step) for each in others for step in (0, -1, 1)}
    for each in sorted(found, key=lambda each: abs(each - (now or SOME_DAY))):
        yield each.isoformat()


def moments_at(operand: TimeOfDay, others: list[Any], reading: Reading) -> Iterator[str]:
    """Return the next moments at which it is one of these times of day in the zone: no time goes back."""
    zone = read(operand.zone, reading)
    if zone is None:
        return
    there = (read(operand.moment, reading) or SOME_DAY).astimezone(zone)

    found = set()
    for seconds in {each + step for each in others for step in (0, -1, 1) if 0 <= each + step < DAY}:
        at = there.replace(hour=seconds // 3600, minute=seconds // 60 % 60, second=seconds % 60, microsecond=0)
        found.add(at if at >= there else at + timedelta(days=1))
    for each in sorted(found, key=lambda each: each - there):
        yield each.isoformat()


def texts(now: Any, others: list[Any], words: list[Any]) -> Iterator[Any]:
    """Return the texts that it is compared with, those of the policy, and one that none of them is."""
    yield from dict.fromkeys([*others, *(each for each in words if isinstance(each, str))])
    other = OTHER_TEXT
    while other in others or other in words:
        other += "!"
    yield other


def lists(now: Any, others: list[Any]) -> Iterator[list[str]]:
    """Return the list with one more, and without it."""
    for each in others:
        yield [*(now or ()), each]
        yield [text for text in now or () if text != each]


def booleans(now: Any, others: list[Any], words: list[Any]) -> Iterator[bool]:
    """Return both."""
    yield from (True, False)


def addresses(now: Any, others: list[Any], words: list[Any]) -> Iterator[str]:
    """Return addresses in each network, beside it, and elsewhere."""
    for each in others:
        if isinstance(each, Address):
            yield str(each)
        else:
            yield str(each[1] if each.num_addresses > 1 else each[0])
            beside = int(each[-1]) + 1
            yield from [str(ipaddress.ip_address(beside))] if beside < 2**each.max_prefixlen else []
    yield from ELSEWHERE


def zones(now: Any, others: list[Any], words: list[Any]) -> Iterator[str]:
    """Return none: a zone stands beside a moment, and is compared with nothing."""
    yield from ()


BY_TYPE: dict[str, Callable[[Any, list[Any], list[Any]], Iterator[Any]]] = {
    "number": numbers, "time": times, "moment": moments, "text": texts, "boolean": booleans, "address": addresses,
    "zone": zones,
}  # fmt: skip


def attribute_in(operand: Operand) -> AttributeValue | None:
    """Return the attribute of an operand that a change would be made to; None for a constant."""
    if isinstance(operand, TimeOfDay):
        return operand.moment

    return None if isinstance(operand, Constant) else operand
