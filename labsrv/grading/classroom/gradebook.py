"""The gradebook: one SQLite file with everything that is known of a class.

    settings(name, value)                             the seed, the edition of the course, the sandbox's layers
    exercises(exercise, title, out_of, place)
    students(student, source, problem, note)          `problem`: why nothing of theirs was graded
    results(student, exercise, status, points, …)     status: graded, not submitted, refused, broken

Each result is a transaction of its own, on the disk before the next one is begun: whatever ends the grader ends it
between two results. One grader at a time holds a gradebook; others may read it meanwhile.
"""

import json
import sqlite3
import tempfile
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any, Self

from filelock import FileLock, Timeout

from labsrv.grading.course.report import CheckRow
from labsrv.kit.addresses.names import user
from labsrv.kit.errors import SaidPlainly

NAME = "gradebook.sqlite"
FORMAT = 1
GRADED, NOT_SUBMITTED, REFUSED, BROKEN = "graded", "not submitted", "refused", "broken"

TABLES = """
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
CREATE TABLE exercises (exercise TEXT PRIMARY KEY, title TEXT NOT NULL, out_of INTEGER, place INTEGER NOT NULL);
CREATE TABLE students (student TEXT PRIMARY KEY, source TEXT NOT NULL, problem TEXT NOT NULL, note TEXT NOT NULL);
CREATE TABLE results (
    student TEXT NOT NULL, exercise TEXT NOT NULL, status TEXT NOT NULL, points INTEGER, out_of INTEGER,
    reason TEXT NOT NULL, report TEXT NOT NULL, layers TEXT NOT NULL, seed TEXT NOT NULL, fingerprint TEXT NOT NULL,
    graded_at TEXT NOT NULL, seconds REAL NOT NULL,
    PRIMARY KEY (student, exercise)
);
"""


class GradebookError(SaidPlainly):
    """The gradebook can't be used or written; the message says why, and what to do."""


@dataclass(frozen=True)
class Result:
    """What one student's exercise came to. `points` is None where nothing was graded; `report` is JSON."""

    student: str
    exercise: str
    status: str
    points: int | None = None
    out_of: int | None = None
    reason: str = ""
    report: str = ""
    layers: str = ""  # of the sandbox, those that were on, parted by spaces
    seed: str = ""
    fingerprint: str = ""  # of all that the result depends on
    graded_at: str = ""  # ISO 8601, UTC
    seconds: float = 0.0

    def checks(self) -> list[CheckRow]:
        """Return the rows of the report's checks."""
        return json.loads(self.report)["checks"] if self.report else []


COLUMNS = ", ".join(each.name for each in fields(Result))
MARKS = ", ".join("?" for _ in fields(Result))


class Gradebook:
    """An open gradebook, held by this process alone until `close`."""

    def __init__(self, folder: Path):
        self.path = folder / NAME
        self.lock = lock_for(self.path)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.book = open_database(self.path)
        except BaseException:
            self.lock.release()
            raise

    def setting(self, name: str) -> str | None:
        """Return a setting, or None."""
        row = self.book.execute("SELECT value FROM settings WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def set(self, name: str, value: str) -> None:
        """Keep a setting."""
        self.write("INSERT OR REPLACE INTO settings VALUES (?, ?)", [(name, value)])

    def enrol(self, students: Iterable[tuple[str, str, str, str]]) -> None:
        """Keep (student, source, problem, note) of those who handed in."""
        self.write("INSERT OR REPLACE INTO students VALUES (?, ?, ?, ?)", students)

    def list_exercises(self, rows: Iterable[tuple[str, str, int | None, int]]) -> None:
        """Keep (exercise, title, points to be had, place) of exercises."""
        self.write("INSERT OR REPLACE INTO exercises VALUES (?, ?, ?, ?)", rows)

    def keep(self, results: Iterable[Result]) -> None:
        """Keep results, in one transaction; each takes the place of an earlier one."""
        self.write(f"INSERT OR REPLACE INTO results ({COLUMNS}) VALUES ({MARKS})", [astuple(each) for each in results])

    def write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        """Write rows in one transaction; raises `GradebookError` where they can't be."""
        try:
            with self.book:
                self.book.executemany(statement, rows)
        except sqlite3.Error as error:
            raise GradebookError(
                f"{self.path} can't be written ({error}): make room for it or give leave to write, then run the same "
                "command again. It goes on where this run stopped."
            ) from error

    def results(self) -> dict[tuple[str, str], Result]:
        """Return all results by student and exercise."""
        rows = self.book.execute(f"SELECT {COLUMNS} FROM results ORDER BY student, exercise")
        return {(row[0], row[1]): Result(*row) for row in rows}

    def students(self) -> list[tuple[str, str, str, str]]:
        """Return (student, source, problem, note) of everyone, by name."""
        return self.book.execute("SELECT student, source, problem, note FROM students ORDER BY student").fetchall()

    def exercises(self) -> list[tuple[str, str, int | None]]:
        """Return (exercise, title, points to be had), in the course's order."""
        return self.book.execute("SELECT exercise, title, out_of FROM exercises ORDER BY place, exercise").fetchall()

    def close(self) -> None:
        """Give the gradebook back."""
        self.book.close()
        self.lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()


def lock_for(path: Path) -> FileLock:
    """Return the lock of a gradebook, which the system gives back when this process ends, however it ends."""
    folder = Path(tempfile.gettempdir()) / f"authlab-{user()}"
    folder.mkdir(exist_ok=True)
    lock = FileLock(folder / f"gradebook-{sha256(str(path.resolve()).encode()).hexdigest()[:16]}.lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        raise GradebookError(f"Another `authlab grade` is at work on {path}: wait for it, or stop it.") from None

    return lock


def open_database(path: Path) -> sqlite3.Connection:
    """Return the database, made where it is new; raises `GradebookError` for a file that is none of ours."""
    try:
        book = sqlite3.connect(path)
        # A result that was shown has to be there after a power cut.
        book.execute("PRAGMA synchronous = FULL")
        # A new file has neither version nor tables; one that has tables and no version belongs to another program.
        version = book.execute("PRAGMA user_version").fetchone()[0]
        if version == 0 and not book.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
            book.executescript(f"BEGIN; {TABLES} PRAGMA user_version = {FORMAT}; COMMIT;")
            version = FORMAT
    except sqlite3.Error as error:
        raise GradebookError(
            f"{path} can't be used as a gradebook ({error}): name another folder with --out."
        ) from error
    if version == FORMAT:
        return book

    book.close()
    raise GradebookError(f"{path} is a gradebook of another edition of Authlab: name another folder with --out.")
