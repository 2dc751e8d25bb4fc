"""The decision on a question, and how it came about: every rule, and every attribute that the rule read."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

# XACML 3.0, 7.11 and 7.13. Only the first lets anybody in.
PERMIT, DENY, NOT_APPLICABLE, INDETERMINATE = "permit", "deny", "not applicable", "indeterminate"
OUTCOMES = (PERMIT, DENY, NOT_APPLICABLE, INDETERMINATE)


@dataclass(frozen=True)
class AttributeRead:
    """One attribute that a rule read: its value as it came, where from, and the problem with it, if there is one."""

    name: str
    value: Any  # as in the question; None where it is missing
    type: str  # that the policy declares
    source: str  # where it came from
    problem: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self)

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "AttributeRead":
        """Return what `as_json` wrote."""
        return cls(**said)


@dataclass(frozen=True)
class RuleRead:
    """One rule of the policy, what it said of this question, and why."""

    rule: str
    effect: str  # "permit" or "deny": what it says where it applies
    outcome: str  # one of the four; a rule that applies has its effect
    read: tuple[AttributeRead, ...] = ()
    because: str = ""

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return asdict(self) | {"read": [each.as_json() for each in self.read]}

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "RuleRead":
        """Return what `as_json` wrote."""
        return cls(**said | {"read": tuple(AttributeRead.from_json(each) for each in said["read"])})


@dataclass(frozen=True)
class Decision:
    """What the policy decision point answers: one of four outcomes, what is demanded, and every rule that was read."""

    outcome: str
    # What the PEP has to do or obtain: {"name": "step_up", "acr": "mfa"}. A PEP that cannot, refuses (XACML 3.0, 7.18).
    demands: tuple[Mapping[str, Any], ...] = ()
    trace: tuple[RuleRead, ...] = ()
    determining: tuple[str, ...] = ()  # the rules that the outcome comes from
    could_be: tuple[str, ...] = ()  # of "indeterminate": what it might have been, had all been readable
    says: str = ""  # a sentence for whoever is refused

    @property
    def allowed(self) -> bool:
        """Return whether to let them in: a permit alone does."""
        return self.outcome == PERMIT

    def as_json(self) -> dict[str, Any]:
        """Return it as a JSON object."""
        return {
            "outcome": self.outcome,
            "demands": [dict(each) for each in self.demands],
            "trace": [each.as_json() for each in self.trace],
            "determining": list(self.determining),
            "could_be": list(self.could_be),
            "says": self.says,
        }

    @classmethod
    def from_json(cls, said: dict[str, Any]) -> "Decision":
        """Return what `as_json` wrote."""
        lists = {name: tuple(said[name]) for name in ("demands", "determining", "could_be")}
        return cls(**said | lists | {"trace": tuple(RuleRead.from_json(each) for each in said["trace"])})
