"""Where the course lies, and which exercises it has."""

import ast
import difflib
import os
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import labsrv
from labsrv import labs

HERE = Path(labsrv.__file__).resolve().parents[1]


def root() -> Path:
    """Return the course's folder: the one that holds labsrv/, or AUTHLAB_COURSE."""
    return Path(os.environ.get("AUTHLAB_COURSE") or HERE)


@dataclass(frozen=True)
class Exercise:
    """One exercise by its lesson (`02_sessions`) and stem (`renew_id`)."""

    lesson: str
    stem: str

    @property
    def name(self) -> str:
        return f"{self.lesson}/{self.stem}"

    @property
    def technique(self) -> str:
        """Return the name of the lesson's lab."""
        return self.lesson[3:]

    @property
    def stub(self) -> Path:
        """Return the learner's file."""
        return root() / "exercises" / self.lesson / f"{self.stem}.py"

    @property
    def checks(self) -> Path:
        return root() / "exercises" / self.lesson / f"test_{self.stem}.py"

    @property
    def solution(self) -> Path:
        return root() / "solutions" / self.lesson / f"{self.stem}.py"

    @property
    def near_misses(self) -> list[Path]:
        """Return the exercise's near misses: fixes that look right, each caught by one check."""
        return sorted((root() / "tests" / "near_misses" / self.lesson / self.stem).glob("*.py"))

    @property
    def other_answers(self) -> list[Path]:
        """Return answers that are right in another way than the solution."""
        return sorted((root() / "tests" / "other_answers" / self.lesson / self.stem).glob("*.py"))

    @property
    def title(self) -> str:
        """Return the first line of the checks' docstring, which no learner edits."""
        doc = ast.get_docstring(parsed(self.checks)) or self.stem
        return doc.splitlines()[0].rstrip(".")

    def decisions(self) -> dict[str, list[str]]:
        """Return the parameters of each decision of this exercise: `DECIDES` in its checks has their names.

        Of what no site calls, the lab's `BESIDE` says them.
        """
        beside = self.beside()
        names = constant(self.checks, "DECIDES", ())
        return {name: list(beside.get(name, ())) or parameters(self.secure_file(name), name) for name in names}

    def beside(self) -> dict[str, Sequence[str]]:
        """Return the parameters of what the lesson's exercises ask for and no site calls."""
        site = root() / "labsrv" / "labs" / self.technique / "site.py"
        found: dict[str, Sequence[str]] = constant(site, "BESIDE", {}) if site.exists() else {}
        return found

    def secure_file(self, decision: str) -> Path:
        """Return the file of a decision's secure version: the lesson's own, or that of a party in several lessons."""
        packages = [root() / package.format(technique=self.technique).replace(".", "/") for package in labs.SECURE]
        found = [package / f"{decision}.py" for package in packages]
        return next((each for each in found if each.exists()), found[0])

    def closed(self) -> list[str]:
        """Return what this exercise may not import besides what none may: `CLOSED` in its checks has the names."""
        return list(constant(self.checks, "CLOSED", ()))

    def needed_for(self, names: Iterable[str]) -> list[str]:
        """Return checks with all that is looked at before they are judged: honest use, and what they come `after`."""
        checks, after = functions(self.checks), self.after()
        honest = [name for name in after if "points" not in promise_arguments(checks[name])]
        found, wanted = set[str](), [*names, *honest]
        while wanted:
            found.add(name := wanted.pop())
            wanted += [each for each in (after[name],) if each]
        return sorted(found)

    def after(self) -> dict[str, str | None]:
        """Return the checks by name, in their order, each with the one that it comes `after`."""
        checks = {name: each for name, each in functions(self.checks).items() if name.startswith("test_")}
        after = {name: promise_arguments(each).get("after") for name, each in checks.items()}
        return {name: each.id if isinstance(each, ast.Name) else None for name, each in after.items()}

    def in_submission(self, submission: Path | None) -> Path:
        """Return the file under test: the learner's own, or its place in a submission (a folder, or a single file)."""
        if submission is None:
            return self.stub
        if submission.suffix == ".py":
            return submission
        return submission / self.lesson / f"{self.stem}.py"

    @classmethod
    def of(cls, checks: Path) -> "Exercise":
        """Return the exercise that a file of checks belongs to."""
        return cls(checks.parent.name, checks.stem.removeprefix("test_"))


def exercises(lesson: str | None = None) -> list[Exercise]:
    """Return all exercises in the order of their lessons; those that have checks."""
    folders = sorted(each for each in (root() / "exercises").glob("[0-9][0-9]_*") if each.is_dir())
    return [
        Exercise.of(checks)
        for folder in folders
        if lesson in (None, folder.name)
        for checks in sorted(folder.glob("test_*.py"), key=lambda path: (place(path), path.name))
    ]


def place(checks: Path) -> int:
    """Return an exercise's place in its lesson: a line `PLACE = 2` in its checks; 99 where it says none.

    (Every command asks this of all exercises: to parse their checks takes ten times as long.)
    """
    said = re.search(r"^PLACE = (\d+)$", checks.read_text(encoding="utf-8"), re.MULTILINE)
    return int(said[1]) if said else 99


@cache
def parsed_at(path: Path, changed: int) -> ast.Module:
    """Return a file's syntax tree; `changed` is when it was changed."""
    return ast.parse(path.read_text(encoding="utf-8"))


def parsed(path: Path) -> ast.Module:
    """Return a file's syntax tree, from memory unless it was changed."""
    return parsed_at(path, path.stat().st_mtime_ns)


def constant(path: Path, name: str, default: Any) -> Any:
    """Return the literal that a file gives a name at its top level."""
    for statement in parsed(path).body:
        if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == name:
            return ast.literal_eval(statement.value)
    return default


def functions(path: Path) -> dict[str, ast.FunctionDef]:
    """Return the functions at a file's top level by name."""
    return {each.name: each for each in parsed(path).body if isinstance(each, ast.FunctionDef)}


def promise_arguments(check: ast.FunctionDef) -> dict[str | None, ast.expr]:
    """Return what stands in a check's `@promise(…)`, by name."""
    calls = [each for each in check.decorator_list if isinstance(each, ast.Call)]
    return {
        each.arg: each.value for call in calls if getattr(call.func, "id", "") == "promise" for each in call.keywords
    }


def parameters(path: Path, name: str) -> list[str]:
    """Return the names of a function's parameters without importing it."""
    for statement in parsed(path).body:
        if isinstance(statement, ast.FunctionDef) and statement.name == name:
            return [each.arg for each in statement.args.args]

    raise LookupError(f"{path} has no function {name}.")


def find_one(name: str) -> Exercise:
    """Return the exercise that a name stands for. Raises `LookupError` where it stands for several, or for none."""
    found = find(name)
    if len(found) > 1:
        names = ", ".join(each.stem for each in found)
        raise LookupError(f"{name!r} has {len(found)} exercises. Name one of them: {found[0].lesson}/… of {names}")
    return found[0]


def find(name: str) -> list[Exercise]:
    """Return what a name stands for: `02_sessions/renew_id`, `renew_id`, or a lesson with all of its exercises.

    Raises `LookupError` with the nearest names, and for a name that several lessons have, which to choose from.
    """
    name = name.strip("/").lower().removeprefix("exercises/").removesuffix(".py")
    known = exercises()
    wanted = [each for each in known if name in (each.name, each.stem, each.lesson, each.technique)]
    if len({each.lesson for each in wanted}) > 1:
        raise LookupError(
            f"Several lessons have an exercise {name!r}. Which? {' or '.join(each.name for each in wanted)}"
        )
    if wanted:
        return wanted

    names = [each.name for each in known] + sorted({each.lesson for each in known})
    close = difflib.get_close_matches(name, names, n=2, cutoff=0.4)
    meant = f" Did you mean {' or '.join(close)}?" if close else f" There are {', '.join(names)}."
    raise LookupError(f"There is no exercise {name!r}.{meant}")
