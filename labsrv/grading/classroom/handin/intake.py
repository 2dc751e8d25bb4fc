"""Take in what a class handed in: one folder or zip a student, each with what is wrong with it, if anything.

A student's name is the name of the folder or zip, which the instructor's side gave it; what a submission says of itself
is believed in one thing only: which of two submissions of the same student is the later one.
"""

import json
import math
import os
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from labsrv.grading.classroom.handin.archives import Folder, RefusedSubmission, Tree, Zipped, base_of, file_in
from labsrv.grading.course.exercises import Exercise, exercises

MANIFEST = "manifest.json"
OTHER_ARCHIVES = (".7z", ".rar", ".tar", ".gz", ".tgz", ".bz2", ".xz", ".zst")


@dataclass
class Submission:
    """One student's: `digests` has the SHA-256 of each exercise handed in, `problem` why nothing of it is graded."""

    student: str
    path: Path
    problem: str = ""
    note: str = ""
    made: float = 0.0  # seconds since the epoch
    digests: dict[str, str] = field(default_factory=dict)
    tree: Tree | None = None
    base: str = ""

    def source(self, exercise: Exercise) -> bytes | None:
        """Return the file handed in for an exercise, None where there is none; raises `RefusedSubmission`."""
        return file_in(self.tree, self.base, f"{exercise.name}.py") if self.tree else None


@dataclass
class Intake:
    """A class's submissions by student, in order, and the names of what lay there and is none."""

    submissions: list[Submission]
    ignored: list[str]


def take_in(folder: Path, latest: bool = False) -> Intake:
    """Return what lies in a folder of submissions; raises `LookupError` where there are none."""
    found: dict[str, list[Submission]] = {}
    ignored = []
    wanted = exercises()
    for path in sorted(folder.iterdir(), key=lambda path: os.fsencode(path.name)):
        student = student_of(path)
        if student:
            found.setdefault(same(student), []).append(read_submission(student, path, wanted))
        elif not path.name.startswith("."):
            ignored.append(readable(path.name))
    if not found:
        raise LookupError(f"{folder} has no submissions: there should be one folder or .zip a student.")

    return Intake([one_of(several, latest) for several in found.values()], ignored)


def student_of(path: Path) -> str:
    """Return whose submission this is, or "" if it is none."""
    name = readable(path.name)
    if name.startswith((".", "__MACOSX")):
        return ""
    if path.suffix.lower() == ".zip" and not path.is_dir():
        return name[:-4]
    if path.suffix.lower() in OTHER_ARCHIVES:
        return name.removesuffix(path.suffix).removesuffix(".tar")

    return name if path.is_dir() or path.is_symlink() else ""


def readable(name: str) -> str:
    """Return a file's name as text that can be kept and printed."""
    return os.fsencode(name).decode("utf-8", "replace")


def same(student: str) -> str:
    """Return what all spellings of a student's name have in common: capitals and accents vary."""
    return unicodedata.normalize("NFKC", student).casefold().strip()


def read_submission(student: str, path: Path, wanted: list[Exercise]) -> Submission:
    """Return one submission with what it holds of the exercises, or with what is wrong with it."""
    submission = Submission(student, path)
    try:
        submission.tree = tree_of(path)
        submission.base = base_of(submission.tree, sorted({each.lesson for each in wanted}))
        look_through(submission, wanted)
    except RefusedSubmission as refused:
        submission.problem, submission.tree = str(refused), None
    except OSError as error:
        submission.problem, submission.tree = f"{readable(path.name)} can't be read: {error.strerror}.", None
    return submission


def tree_of(path: Path) -> Tree:
    """Return a submission's files; raises `RefusedSubmission`."""
    if path.is_symlink():
        raise RefusedSubmission(f"{readable(path.name)} is a link: hand in the files themselves.")
    if path.is_dir():
        return Folder(path)
    if path.suffix.lower() == ".zip":
        return Zipped(path)

    raise RefusedSubmission(
        f"{readable(path.name)} is neither a folder nor a .zip: hand in what `authlab submit` makes."
    )


def look_through(submission: Submission, wanted: list[Exercise]) -> None:
    """Note what was handed in, and when it was made, as far as its files show."""
    submission.made = submission.path.stat().st_mtime
    for exercise in wanted:
        source = submission.source(exercise)
        if source is not None:
            submission.digests[exercise.name] = sha256(source).hexdigest()
    read_manifest(submission)
    if not submission.digests:
        submission.note = "no exercise of this course is in it"


def read_manifest(submission: Submission) -> None:
    """Believe the manifest in when it was made, and note which files are not those that it names."""
    text = file_in(submission.tree, submission.base, MANIFEST) if submission.tree else None
    if text is None:
        return

    # Whoever hands in may have written it: any shape is possible, and it decides nothing that earns points.
    try:
        manifest = json.loads(text)
        made = float(manifest["made_at"])
        submission.made = made if math.isfinite(made) else submission.made
        named = {str(name): str(row["sha256"]) for name, row in dict(manifest["exercises"]).items()}
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError, RecursionError):
        submission.note = "its manifest can't be read"
        return

    # People go on working after they have packed. That is graded; the instructor reads a note.
    changed = [name for name, digest in submission.digests.items() if named.get(name, digest) != digest]
    lost = [name for name in named if name not in submission.digests]
    if changed:
        submission.note = f"changed after `authlab submit`: {', '.join(sorted(changed))}"
    elif lost:
        submission.note = "lost after `authlab submit`, or of another edition of the course: " + ", ".join(lost)[:500]


def one_of(several: Sequence[Submission], latest: bool) -> Submission:
    """Return a student's one submission: the latest if that is wanted, else one that says that there are several."""
    if len(several) == 1:
        return several[0]

    names = ", ".join(readable(each.path.name) for each in several)
    last = max(several, key=lambda each: (not each.problem, each.made, readable(each.path.name)))
    if latest:
        last.note = f"the latest of {names}" + (f"; {last.note}" if last.note else "")
        return last

    said = f"handed in more than once: {names}. Remove all but one, or take the latest of each with --latest."
    return Submission(several[0].student, several[0].path, said)
