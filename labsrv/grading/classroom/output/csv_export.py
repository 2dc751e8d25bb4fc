"""grades.csv: one row a student, safe to open in any spreadsheet.

A name is data that a student may have chosen. A spreadsheet takes what begins with `=`, `+`, `-` or `@` for a formula
and runs it on the instructor's machine, so such a cell gets an apostrophe in front, as OWASP's page on CSV injection
has it; and what could part a cell in two in some country's settings stands in quotes.
"""

import re
from pathlib import Path

from labsrv.grading.classroom.gradebook import Gradebook
from labsrv.grading.classroom.run import GradingRun
from labsrv.grading.course import atomic

NAME = "grades.csv"

FORMULA = tuple(
    "=+-@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}|%"
)
CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")


def write(run: GradingRun) -> Path:
    """Write grades.csv, and return its path. It has everyone whom the gradebook knows."""
    run.list_exercises()
    path = run.out / NAME
    atomic.replace(path, csv(run.book))
    return path


def csv(book: Gradebook) -> str:
    """Return the grades as comma-separated lines."""
    exercises = [name for name, _, _ in book.exercises()]
    points = {key: each.points for key, each in book.results().items()}
    lines = [row("student", *exercises, "total")]
    for student, _, problem, _ in book.students():
        earned = [points.get((student, each)) for each in exercises]
        total = None if problem else sum(each or 0 for each in earned)
        lines.append(row(harmless(student), *earned, total))
    return "".join(lines)


def row(*cells: str | int | None) -> str:
    """Return one line; a cell of None is empty."""
    return ",".join("" if each is None else cell(str(each)) for each in cells) + "\n"


def cell(text: str) -> str:
    """Return a cell's text, in quotes where it has anything but plain words in it."""
    if re.fullmatch(r"[\w./ -]*", text) and text == text.strip():
        return text

    return '"' + text.replace('"', '""') + '"'


def harmless(text: str) -> str:
    """Return a text that no spreadsheet takes for a formula, on one line."""
    plain = printable(text)
    return f"'{plain}" if plain.lstrip("\"' \N{NO-BREAK SPACE}").startswith(FORMULA) else plain


def printable(text: str) -> str:
    """Return a text without what moves a terminal's cursor, breaks a line, or turns the direction of reading."""
    return CONTROLS.sub("\N{REPLACEMENT CHARACTER}", text)
