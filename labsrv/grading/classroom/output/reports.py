"""What a student may read: each exercise's promises, what became of them, and why."""

import json
from dataclasses import replace
from io import StringIO
from pathlib import Path

from rich.console import Console

from labsrv.grading.classroom.gradebook import GRADED, NOT_SUBMITTED, Gradebook, Result
from labsrv.grading.classroom.output.csv_export import printable
from labsrv.grading.course import atomic
from labsrv.grading.course.report import HIDDEN, WORDS, CheckResult, Report

WIDTH = 100


def write(book: Gradebook, folder: Path, show_hidden: bool) -> int:
    """Write a text file for each student into a folder; return how many."""
    results = book.results()
    exercises = [name for name, _, _ in book.exercises()]
    students = book.students()
    for number, (student, _, problem, _) in enumerate(students):
        mine = [results[student, each] for each in exercises if (student, each) in results]
        atomic.replace(folder / file_name(student, number), text(student, problem, mine, show_hidden))
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
    """Return a report; of hidden checks it has the outcome alone, unless they may be shown."""
    report = Report.from_json(json.loads(result.report))
    secrets = [each.promise for each in report.checks if each.name.startswith(HIDDEN) and not show_hidden]
    report.checks = [veil(each, secrets) for each in report.checks]
    return report


def veil(check: CheckResult, secrets: list[str]) -> CheckResult:
    """Return what a student may know of a check, if these promises are none of their business."""
    message = "waits for a hidden check" if any(each in check.message for each in secrets) else check.message
    if check.promise not in secrets:
        return replace(check, message=message, hints=[])

    outcome = f"A hidden promise: {WORDS[check.outcome]}."
    return CheckResult(HIDDEN, outcome, check.outcome, check.points, check.out_of)
