"""Where a learner is in the course: lessons and exercises with points, the next one, and the requirements that are met.

overview()     from what stands beside the course: `exercises/`, `notebooks/`, `.authlab/progress.json`
"""

import ast
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from labsrv.grading.course import progress
from labsrv.grading.course.exercises import Exercise, exercises, functions, promise_arguments, root


@dataclass(frozen=True)
class Standing:
    """How one exercise stands: the `best` and the `latest` points of `out_of`; `at` is when it was checked last, or "".

    `asvs` has the requirements of its promises (OWASP ASVS 5.0, by number), `met` those whose promises were kept when
    it was checked last.
    """

    exercise: Exercise
    best: int
    latest: int
    out_of: int
    at: str
    asvs: frozenset[str]
    met: frozenset[str]

    @property
    def done(self) -> bool:
        """Return whether all its points were earned."""
        return self.best >= self.out_of


@dataclass(frozen=True)
class Lesson:
    """A lesson with its exercises; `notebook` is None where the course has none."""

    name: str
    title: str
    notebook: Path | None
    steps: tuple[Standing, ...]

    @property
    def points(self) -> tuple[int, int]:
        """Return the points earned, and those that there are."""
        return sum(min(each.best, each.out_of) for each in self.steps), sum(each.out_of for each in self.steps)


@dataclass(frozen=True)
class Overview:
    """The whole course for one learner."""

    lessons: tuple[Lesson, ...]

    @property
    def steps(self) -> list[Standing]:
        """Return all exercises in their order."""
        return [step for lesson in self.lessons for step in lesson.steps]

    @property
    def following(self) -> Standing | None:
        """Return the first exercise that is not done in the lesson that was worked in last, or after it, or at all.

        Run All checks every exercise of a notebook: which of them was the last says nothing.
        """
        latest = max(self.steps, key=lambda step: step.at, default=None)
        lesson = latest.exercise.lesson if latest else ""
        later = [step for step in self.steps if step.exercise.lesson >= lesson]
        return next((step for step in [*later, *self.steps] if not step.done), None)

    @property
    def asvs(self) -> list[str]:
        """Return the requirements of the course's promises, by number."""
        return sorted({each for step in self.steps for each in step.asvs}, key=by_number)

    @property
    def met(self) -> list[str]:
        """Return those whose promises are all kept, in each exercise that has one."""
        open_ones = {each for step in self.steps for each in step.asvs - step.met}
        return [each for each in self.asvs if each not in open_ones]

    def __rich__(self) -> RenderableType:
        return Group(self.table(), Text(""), *(Text(line) for line in self.in_words()))

    def in_words(self) -> list[str]:
        """Return what is next, and the requirements, a line each."""
        step = self.following
        ahead = f"Next: {step.exercise.name}: {step.exercise.title}" if step else "All exercises are done."
        return [ahead, f"Requirements of ASVS 5.0 that your code meets: {len(self.met)} of {len(self.asvs)}"]

    def table(self) -> Table:
        """Return all exercises, those not yet tried included, below their lessons."""
        table = Table(box=None, title="Your progress", title_justify="left")
        for column in ("Exercise", "Best", "Latest", "Last checked", ""):
            table.add_column(column)
        for lesson in self.lessons:
            earned, most = lesson.points
            table.add_row(Text(lesson.name, style="bold"), f"{earned} of {most}")
            for step in lesson.steps:
                best, latest = (f"{each} of {step.out_of}" if step.at else "–" for each in (step.best, step.latest))
                at = step.at.replace("T", " ")[:16] or "not yet"
                mark = "✓" if step.done else "next" if step is self.following else ""
                table.add_row(f"  {step.exercise.stem}", best, latest, at, mark)
        return table


def overview() -> Overview:
    """Return where the learner is."""
    rows = progress.load()
    by_lesson: dict[str, list[Standing]] = {}
    for exercise in exercises():
        by_lesson.setdefault(exercise.lesson, []).append(step_of(exercise, rows.get(exercise.name, {})))
    return Overview(tuple(Lesson(name, *notebook_of(name), tuple(steps)) for name, steps in by_lesson.items()))


def step_of(exercise: Exercise, row: dict[str, Any]) -> Standing:
    """Return an exercise with what is known of it."""
    promised = {name: promise_arguments(each) for name, each in functions(exercise.checks).items() if is_check(name)}
    asvs = {name: literal(each.get("asvs")) for name, each in promised.items()}
    outcomes = row.get("checks", {}) if isinstance(row.get("checks"), dict) else {}
    broken = {number for name, number in asvs.items() if number and outcomes.get(name) != "passed"}
    numbers = frozenset(number for number in asvs.values() if number)
    return Standing(
        exercise,
        best=whole(row.get("best")),
        latest=whole(row.get("latest")),
        out_of=sum(whole(literal(each.get("points"))) for each in promised.values()),
        at=str(row.get("at", "")),
        asvs=numbers,
        met=numbers - broken,
    )


def is_check(name: str) -> bool:
    """Return whether a function of a file of checks is one."""
    return name.startswith("test_")


def literal(node: ast.expr | None) -> Any:
    """Return what a constant in a file says, None for anything else."""
    return node.value if isinstance(node, ast.Constant) else None


def whole(value: Any) -> int:
    """Return a whole number, 0 for what is none."""
    return value if isinstance(value, int) and not isinstance(value, bool) else 0


def notebook_of(lesson: str) -> tuple[str, Path | None]:
    """Return a lesson's title, which its notebook begins with, and the notebook."""
    path = root() / "notebooks" / f"{lesson}.ipynb"
    try:
        first = json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"]
    except (OSError, ValueError, LookupError, TypeError):
        return lesson, None
    line = "".join(first).partition("\n")[0].lstrip("# ").strip()
    return line or lesson, path


def by_number(requirement: str) -> list[int]:
    """Return what sorts `6.10.1` after `6.9.2`."""
    return [int(part) for part in re.findall(r"\d+", requirement)]
