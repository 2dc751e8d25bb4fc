"""The order in which checks run: drawn for each run, so that nobody knows by counting which check a process is for."""

import random
from collections.abc import Iterable

import pytest

from labsrv.grading.checks.scoring import after_of, name_of


def mixed(items: Iterable[pytest.Function], seed: str) -> list[pytest.Function]:
    """Return an exercise's checks in an order drawn from the seed, honest ones among the others.

    The first one stays first: what keeps a file from being used is said once, there. Each check comes after the one
    that it waits for, and the rows of a check stay together.
    """
    rows: dict[str, list[pytest.Function]] = {}
    for item in items:
        rows.setdefault(name_of(item), []).append(item)
    chance = random.Random(f"the order of {seed}")

    order: list[str] = []
    left = list(rows)
    while left:
        ready = [name for name in left if after_of(rows[name][0], rows) not in left] if order else []
        order.append(chance.choice(ready) if ready else left[0])
        left.remove(order[-1])
    return [item for name in order for item in rows[name]]
