"""What a condition compares: a constant, an attribute, or the time of day that a moment is in some zone."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from labsrv.policy.conditions.reading import Reading
from labsrv.policy.conditions.values import Unreadable, shown


@dataclass(frozen=True)
class Constant:
    """A value that stands in the policy: `value` is typed, `said` is as it stands there."""

    type: str
    value: Any
    said: Any

    def read(self, reading: Reading) -> Any:
        """Return the value."""
        return self.value

    def words(self, reading: Reading) -> str:
        """Return it as it stands in the policy."""
        return shown(self.said)

    def names(self) -> Iterator[str]:
        """Return the attributes in it: none."""
        return iter(())


@dataclass(frozen=True)
class AttributeValue:
    """An attribute of the question."""

    type: str
    name: str

    def read(self, reading: Reading) -> Any:
        """Return its typed value, or raise `Unreadable`."""
        return reading.value(self.name)

    def words(self, reading: Reading) -> str:
        """Return its name and value."""
        return reading.words(self.name)

    def names(self) -> Iterator[str]:
        """Return its name."""
        yield self.name


@dataclass(frozen=True)
class TimeOfDay:
    """The time of day that a moment is in a zone, as seconds since midnight: the resource's zone, and no clock's."""

    moment: AttributeValue
    zone: "Constant | AttributeValue"
    type: str = "time"

    def read(self, reading: Reading) -> int:
        """Return the seconds since midnight on the wall there, or raise `Unreadable`."""
        moment, zone = self.moment.read(reading), self.zone.read(reading)
        try:
            there = moment.astimezone(zone)
        except (OverflowError, ValueError) as error:
            raise Unreadable(f"{self.moment.name} is no moment in {zone}") from error
        return int(there.hour * 3600 + there.minute * 60 + there.second)

    def words(self, reading: Reading) -> str:
        """Return the time on the wall, and which."""
        seconds = self.read(reading)
        time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}"
        return f"the time of day of {self.moment.name} in {self.zone.words(reading)} ({time})"

    def names(self) -> Iterator[str]:
        """Return moment and zone."""
        yield from self.moment.names()
        yield from self.zone.names()


Operand = Constant | AttributeValue | TimeOfDay
