"""Lines over time: how something grows, for several cases that differ by orders of magnitude.

Lines("Chance", "days", "%", {"no limit": [(1, 3.1), (7, 20.0)], "five a day": [(1, 0.0), (7, 0.01)]})
"""

from collections.abc import Mapping, Sequence

from matplotlib.axes import Axes

from labsrv.widgets.charts.bars import number
from labsrv.widgets.charts.chart import Chart, Ink

ROWS = 8
DASHES = ("solid", "dashed", "dotted", "dashdot")
MARKS = ("o", "^", "s", "D")


class Lines(Chart):
    """One line for each case, over a logarithmic scale. Lines differ by their dashes and marks as well."""

    def __init__(self, title: str, along: str, unit: str, cases: Mapping[str, Sequence[tuple[float, float]]]):
        self.title, self.along, self.unit = title, along, unit
        self.cases = {name: sorted(points) for name, points in cases.items() if points}
        super().__init__()
        self.show(self.draw, ROWS, f"{title}: {self.summary()}.")

    def draw(self, axes: Axes, ink: Ink) -> None:
        """Draw the lines, and say what each is in the order of their ends."""
        for place, name in enumerate(self.ordered()):
            across, up = zip(*self.cases[name], strict=True)
            colour, dashes, mark = (ink.first, ink.second)[place % 2], DASHES[place % 4], MARKS[place % 4]
            axes.plot(across, up, label=name, color=colour, linestyle=dashes, marker=mark, markersize=4, linewidth=1.8)
        axes.set_xscale("log")
        axes.xaxis.set_major_formatter(lambda value, place: number(value))
        axes.set_xlabel(f"{self.along} (each line is ten times the one before)", color=ink.words)
        axes.set_ylabel(self.unit, color=ink.words, rotation=0, ha="right")
        axes.set_title(self.title, color=ink.words, loc="left", fontsize="medium")
        axes.grid(color=ink.lines, alpha=0.35, linewidth=0.7)
        axes.legend(frameon=False, labelcolor=ink.words, loc="best", handlelength=4)

    def ordered(self) -> list[str]:
        """Return the names of the cases, the one that ends highest first."""
        return sorted(self.cases, key=lambda name: -self.cases[name][-1][1])

    def summary(self) -> str:
        """Return where each line ends."""
        last = max(points[-1][0] for points in self.cases.values())
        ends = [f"{name} {number(self.cases[name][-1][1])} {self.unit}" for name in self.ordered()]
        return f"after {number(last)} {self.along}: {'; '.join(ends)}"

    def as_text(self) -> str:
        """Return three places of each line: after a third and two thirds of its points, and at its end."""
        widest = max(map(len, self.cases), default=0)
        lines = [self.title]
        for name in self.ordered():
            points = self.cases[name]
            chosen = [points[len(points) // 3], points[2 * len(points) // 3], points[-1]]
            told = ", ".join(
                f"{number(up):>5} {self.unit} after {number(across)} {self.along}" for across, up in chosen
            )
            lines.append(f"{name:<{widest}}  {told}")
        return "\n".join(lines)
