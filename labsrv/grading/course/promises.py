"""What a check promises: `@promise(points=2, after=test_…, hints=[…], asvs="7.2.4")` on a pytest test."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

MARK = "__promise__"


@dataclass(frozen=True)
class Promise:
    """`points` 0 means honest use. `after` names the check without which this one cannot be judged."""

    points: int = 0
    after: str | None = None
    hints: tuple[str, ...] = ()
    asvs: str | None = None
    cwe: int | None = None


def promise(
    points: int = 0,
    after: Callable[..., Any] | None = None,
    hints: Sequence[str] = (),
    asvs: str | None = None,
    cwe: int | None = None,
) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Mark a test as a check; its docstring is the promise that the learner reads, in one sentence."""

    def mark(test: Callable[..., Any]) -> Callable[..., Any]:
        if not test.__doc__:
            raise TypeError(f"{test.__name__} needs a docstring: it is the promise that the learner reads.")
        setattr(test, MARK, Promise(points, after.__name__ if after else None, tuple(hints), asvs, cwe))
        return test

    return mark


def promise_of(test: Callable[..., Any]) -> Promise:
    """Return a test's promise; a test without one is honest use."""
    return getattr(test, MARK, Promise())
