"""Charts of numbers that were measured: bars over many orders of magnitude, and dots of what happened again and again.

bars = Bars("Guesses", "a second")
bars.add("MD5", 660_000)                       and the bar is there, while others are being measured
Dots("Answers", "ms", {"customers": [71.2, 69.8], "strangers": [2.1, 2.3]})
"""

from collections.abc import Mapping, Sequence
from math import log10
from statistics import median

from matplotlib.axes import Axes

from labsrv.widgets.charts.chart import Chart, Ink

BAR, ROOM, SPREAD = 0.62, 12.0, 0.25
MARKS = ("o", "^")
MOST_NUMBERS = 5  # powers of ten


class Bars(Chart):
    """Horizontal bars on a logarithmic scale, each with its number. They may come one by one."""

    def __init__(self, title: str, unit: str, values: Mapping[str, float] | None = None):
        self.unit = unit
        self.values: dict[str, float] = {}
        super().__init__(title=title)
        for name, value in (values or {}).items():
            self.add(name, value)

    def add(self, name: str, value: float) -> None:
        """Show one bar more."""
        self.values[name] = value
        self.show(self.draw, len(self.values), f"{self.title}: {self.summary()}.")

    def draw(self, axes: Axes, ink: Ink) -> None:
        """Draw the bars, the first on top."""
        names, values = list(self.values), list(self.values.values())
        drawn = axes.barh(names, values, height=BAR, color=ink.first)
        axes.bar_label(drawn, labels=[f" {number(value)}" for value in values], color=ink.words)
        axes.set_xscale("log")
        axes.set_xlim(min(0.5, min(values) / 2), max(values) * ROOM)
        # Where there are many lines, every other one has its number: they would run together.
        step = 1 if log10(max(values) / max(min(values), 0.5)) < MOST_NUMBERS else 2
        axes.xaxis.set_major_formatter(lambda value, place: "" if round(log10(value)) % step else number(value))
        axes.invert_yaxis()
        axes.set_title(self.title, color=ink.words, loc="left", fontsize="medium")
        axes.set_xlabel(f"{self.unit} (each line is ten times the one before)", color=ink.words)
        axes.grid(axis="x", color=ink.lines, alpha=0.35, linewidth=0.7)
        axes.set_axisbelow(True)

    def summary(self) -> str:
        """Return the largest and the smallest, and how far they are apart."""
        most, least = max(self.values, key=self.values.__getitem__), min(self.values, key=self.values.__getitem__)
        if most == least:
            return f"{most}, {number(self.values[most])} {self.unit}"

        apart = self.values[most] / self.values[least]
        return (
            f"from {number(self.values[most])} {self.unit} ({most}) "
            f"down to {number(self.values[least])} ({least}), a factor of {number(apart)}"
        )

    def as_text(self) -> str:
        """Return the numbers, a line each."""
        widest = max(map(len, self.values), default=0)
        lines = [f"{name:<{widest}}  {number(value):>12} {self.unit}" for name, value in self.values.items()]
        return "\n".join([self.title, *lines])


class Dots(Chart):
    """A row of dots for each group, with a line at its median. Groups differ by the form of their dots as well."""

    def __init__(self, title: str, unit: str, groups: Mapping[str, Sequence[float]]):
        self.unit = unit
        self.groups = {name: sorted(values) for name, values in groups.items() if values}
        super().__init__(title=title)
        self.show(self.draw, 2 * len(self.groups), f"{title}: {self.summary()}.")

    def draw(self, axes: Axes, ink: Ink) -> None:
        """Draw the dots a little apart, so that equal ones are seen."""
        for row, (name, values) in enumerate(self.groups.items()):
            colour, mark = (ink.first, ink.second)[row % 2], MARKS[row % 2]
            heights = [row + SPREAD * ((place * 5) % 7 - 3) / 3 for place in range(len(values))]
            axes.scatter(values, heights, marker=mark, color=colour, alpha=0.75, label=name)
            axes.vlines(median(values), row - 0.4, row + 0.4, color=ink.words, linewidth=1.5)
        axes.set_yticks(range(len(self.groups)), list(self.groups))
        axes.set_ylim(len(self.groups) - 0.5, -0.5)
        most = max(values[-1] for values in self.groups.values())
        axes.set_xlim(-0.02 * most, 1.05 * most)
        axes.set_title(self.title, color=ink.words, loc="left", fontsize="medium")
        axes.set_xlabel(f"{self.unit}; the upright line is the median", color=ink.words)

    def summary(self) -> str:
        """Return each group's median."""
        return ", ".join(f"{name} {number(median(values))} {self.unit}" for name, values in self.groups.items())

    def as_text(self) -> str:
        """Return each group's median, and its least and most, a line each."""
        widest = max(map(len, self.groups), default=0)
        lines = [
            f"{name:<{widest}}  median {number(median(values)):>7} {self.unit}"
            f"  (from {number(values[0])} to {number(values[-1])}, {len(values)} answers)"
            for name, values in self.groups.items()
        ]
        return "\n".join([self.title, *lines])


def number(value: float) -> str:
    """Return a number to two or three digits, large ones with commas."""
    rounded = float(f"{value:.3g}")
    return f"{rounded:,.0f}" if rounded >= 100 else f"{rounded:.3g}"
