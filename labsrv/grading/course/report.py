"""What an exercise's checks came to, as data and as readable text (in a terminal and in a notebook)."""

from dataclasses import dataclass, field
from typing import Any, TypedDict, cast

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.text import Text

from labsrv.kit.shown import Shown

SIGNS = {"passed": ("✓", "green"), "failed": ("✗", "red"), "waiting": ("…", "yellow"), "broken": ("!", "magenta")}
HIDDEN = "hidden/"  # what the name of a check begins with that the course does not bring
WORDS = {"passed": "kept", "failed": "broken", "waiting": "waiting", "broken": "the check itself broke"}


class CheckRow(TypedDict):
    """A check as the plain data of `authlab check --json`; its values are those of `CheckResult`."""

    name: str
    promise: str
    outcome: str
    points: int
    out_of: int
    message: str
    hints: list[str]
    asvs: str | None
    cwe: int | None


class ReportRow(TypedDict):
    """A report as the plain data of `authlab check --json`."""

    exercise: str
    title: str
    points: int
    out_of: int
    checks: list[CheckRow]


@dataclass
class CheckResult:
    """One promise: `outcome` is passed, failed, waiting or broken; `points` what it earned of `out_of`."""

    name: str
    promise: str
    outcome: str
    points: int = 0
    out_of: int = 0
    message: str = ""
    hints: list[str] = field(default_factory=list)
    asvs: str | None = None
    cwe: int | None = None

    def as_json(self) -> CheckRow:
        """Return the check as plain data."""
        return cast(CheckRow, dict(vars(self)))


@dataclass
class Report(Shown):
    """One exercise: `points` of `out_of`, and its checks in order. `shown_hints` is how many hints to print."""

    exercise: str
    title: str
    checks: list[CheckResult]
    shown_hints: int = 0
    in_terminal: bool = False

    @property
    def points(self) -> int:
        return sum(each.points for each in self.checks)

    @property
    def out_of(self) -> int:
        return sum(each.out_of for each in self.checks)

    @property
    def done(self) -> bool:
        """Return whether everything was earned and nothing broke."""
        return bool(self.checks) and all(each.outcome == "passed" for each in self.checks)

    @property
    def broken(self) -> bool:
        """Return whether a check itself went wrong: that is nobody's answer."""
        return not self.checks or any(each.outcome == "broken" for each in self.checks)

    def as_json(self) -> ReportRow:
        """Return the report as the plain data of `authlab check --json`."""
        return {
            "exercise": self.exercise,
            "title": self.title,
            "points": self.points,
            "out_of": self.out_of,
            "checks": [each.as_json() for each in self.checks],
        }

    @classmethod
    def from_json(cls, row: ReportRow) -> "Report":
        """Return the report that `as_json` described."""
        return cls(row["exercise"], row["title"], [CheckResult(**each) for each in row["checks"]])

    def __rich__(self) -> RenderableType:
        head = Text.assemble((self.title, "bold"), f"  ({self.exercise})  {self.points} of {self.out_of} points")
        return Group(head, *(line for each in self.checks for line in self.lines(each)))

    def __repr__(self) -> str:
        return f"<Report {self.exercise}: {self.points} of {self.out_of} points>"

    def lines(self, check: CheckResult) -> list[RenderableType]:
        """Return one check as a line with its sign, and below it what to do."""
        sign, colour = SIGNS[check.outcome]
        worth = f"  {check.points}/{check.out_of}" if check.out_of else ""
        rows: list[RenderableType] = [Text.assemble((f"{sign} ", colour), check.promise, (worth, "dim"))]
        if check.outcome in ("failed", "broken"):
            rows += [indent(line) for line in check.message.splitlines()]
            rows += [indent(f"Hint: {hint}", "italic") for hint in check.hints[: self.shown_hints]]
            left = len(check.hints) - self.shown_hints
            if left > 0 and check.outcome == "failed":
                more_hints = self.shown_hints + 1
                how = f"--hints {more_hints}" if self.in_terminal else f'check("{self.exercise}", hints={more_hints})'
                more = f"{left} hint{'s' if left > 1 else ''} left: {how} shows the next one."
                rows.append(indent(more, "dim"))
        elif check.outcome == "waiting":
            rows.append(indent(check.message, "dim"))
        return rows


class Indented:
    """A line below a check's own; where lines are folded, its other parts stay below it."""

    def __init__(self, line: str, style: str):
        self.line = line
        self.style = style

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.no_wrap:
            yield Text(f"    {self.line}", style=self.style)
        else:
            yield Padding(Text(self.line, style=self.style), (0, 0, 0, 4), expand=False)


def indent(line: str, style: str = "") -> Indented:
    """Return a line below a check's own."""
    return Indented(line, style)


class Reports(Shown):
    """Several reports, one below the other."""

    def __init__(self, reports: list[Report]):
        self.reports = reports

    def __rich__(self) -> RenderableType:
        return Group(*self.reports)

    def __iter__(self) -> Any:
        return iter(self.reports)

    def __repr__(self) -> str:
        return f"<Reports {[report.exercise for report in self.reports]}>"
