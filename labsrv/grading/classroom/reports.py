"""What a student may read: each exercise's promises, what became of them, and why."""

from io import StringIO
from pathlib import Path

from rich.console import Console

from labsrv.grading import files
from labsrv.grading.classroom.gradebook import GRADED, NOT_SUBMITTED, Gradebook, Result
from labsrv.grading.classroom.spreadsheet import printable
from labsrv.grading.report import HIDDEN, WORDS, CheckResult, Report

WIDTH = 100


def write(book: Gradebook, folder: Path, show_hidden: bool) -> int:
    """Write a text file for each student into a folder; return how many."""
    results = book.results()
    exercises = [name for name, _, _ in book.exercises()]
    students = book.students()
    for number, (student, _, problem, _) in enumerate(students):
        mine = [results[student, each] for each in exercises if (student, each) in results]
        files.replace(folder / file_name(student, number), text(student, problem, mine, show_hidden))
    return len(students)


def file_name(student: str, number: int) -> str:
    """Return a name for a student's report, whatever characters their own name has."""
    plain = "".join(each if each.isalnum() or each in "-_. @+" else "_" for each in student).strip(". ")
    return f"{plain}.txt" if plain == student else f"{plain or 'student'}-{number}.txt"


def text(student: str, problem: str, results: list[Result], show_hidden: bool) -> str:
    """Return a student's report."""
    out = StringIO()
    console = Console(file=out, width=WIDTH, highlight=False, color_system=None)
    console.print(printable(student), markup=False)
    if problem:
        console.print(f"Nothing was graded: {printable(problem)}", markup=False)
    for result in results:
        if not problem:
            console.print("", *parts(result, show_hidden), sep="\n", markup=False)
    return out.getvalue()


def parts(result: Result, show_hidden: bool) -> list[object]:
    """Return what there is to say of one exercise."""
    if result.status == NOT_SUBMITTED:
        return [f"{result.exercise}: not submitted"]
    if not result.report:
        return [
            f"{result.exercise}: {'0 points' if result.status == GRADED else 'not graded'}: {printable(result.reason)}"
        ]

    layers = f"Sandbox: {result.layers}" if result.layers else "Sandbox: none"
    return [report_of(result, show_hidden), f"    {layers}; {result.seconds:.2f} s; --seed {result.seed}"]


def report_of(result: Result, show_hidden: bool) -> Report:
    """Return a report; hidden checks tell no more than what they came to, unless they may be shown."""
    shown = [CheckResult(**row) for row in result.checks()]
    checks = [each if show_hidden or not each.name.startswith(HIDDEN) else veiled(each) for each in shown]
    for each in checks:
        each.hints = []
    title = "" if not checks else result.exercise
    return Report(result.exercise, title, checks)


def veiled(check: CheckResult) -> CheckResult:
    """Return what may be known of a hidden check."""
    return CheckResult(HIDDEN, f"A hidden check: {WORDS[check.outcome]}.", check.outcome, check.points, check.out_of)
