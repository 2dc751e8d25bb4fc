"""What an attack came to."""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Outcome:
    """`succeeded` says whether Mallory got what she wanted, `story` what happened, in one sentence."""

    succeeded: bool
    story: str

    def __bool__(self) -> bool:
        return self.succeeded

    def __repr__(self) -> str:
        return f"{'Mallory succeeded' if self.succeeded else 'Mallory failed'}: {self.story}"


def attack(flaw: str, given: tuple[str, ...] = ()) -> Callable[[Callable[..., Outcome]], Callable[..., Outcome]]:
    """Mark a function as the attack that succeeds on a flaw, by the flaw's name.

    `given` names decisions that the attack takes for sound: where one of them is flawed, Mallory wins without trying.
    """

    def mark(function: Callable[..., Outcome]) -> Callable[..., Outcome]:
        @functools.wraps(function)
        def on(lab: Any) -> Outcome:
            before = lab.traffic.newest
            outcome = function(lab)
            errors = [each for each in lab.traffic if each.number > before and each.status >= 500]
            return proves_nothing(errors[0].method, errors[0].url) if errors and not outcome else outcome

        on.flaw, on.given = flaw, given  # type: ignore[attr-defined]
        return on

    return mark


def proves_nothing(method: str, url: str) -> Outcome:
    """Return the outcome in a shop that is broken: nobody gets in there, and that is no defence."""
    return Outcome(False, f"and that proves nothing. The shop is broken: it answered {method} {url} with an error.")


def attacks_of(module: Any) -> dict[str, Callable[..., Outcome]]:
    """Return a module's attacks by name."""
    return {name: each for name, each in vars(module).items() if hasattr(each, "flaw")}
