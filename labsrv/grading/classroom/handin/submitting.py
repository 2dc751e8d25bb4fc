"""Make the zip that a learner hands in: their exercises, and a manifest of what they were when it was made."""

import json
import time
import zipfile
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from labsrv.grading.classroom.handin.intake import MANIFEST
from labsrv.grading.course import atomic
from labsrv.grading.course.exercises import Exercise, exercises
from labsrv.grading.course.stubs import pristine
from labsrv.grading.submission.budget import LARGEST_SUBMISSION
from labsrv.kit.errors import SaidPlainly

FORMAT = 1


class NotSubmitted(SaidPlainly):
    """There is nothing to hand in, or no way to; the message says why."""


def submit(student: str, folder: Path) -> tuple[Path, list[str], list[str]]:
    """Write `<student>.zip`; return it with the names of the exercises done, and of those left as they came.

    Raises `NotSubmitted`, and `OSError` where it can't be written.
    """
    if student in ("", ".", "..") or any(each in student for each in '/\\:*?"<>|\0'):
        raise NotSubmitted(f"{student!r} can't be a file's name: choose another with --name.")

    here = {each: each.stub.read_bytes() for each in exercises() if each.stub.is_file()}
    touched = [each.name for each, source in here.items() if unix(source) != stub_of(each)]
    if not touched:
        raise NotSubmitted("All exercises are as they came: there is nothing to hand in yet.")
    for each, source in here.items():
        if len(source) > LARGEST_SUBMISSION:
            raise NotSubmitted(f"{each.stub.name} is larger than 1 MiB, and would not be graded.")

    path = folder / f"{student}.zip"
    atomic.replace_bytes(path, zip_of(student, here, touched))
    return path, touched, [each.name for each in here if each.name not in touched]


def unix(source: bytes) -> bytes:
    """Return the source with the line ends that the course came with."""
    return source.replace(b"\r\n", b"\n")


def stub_of(exercise: Exercise) -> bytes:
    """Return the stub as it came, empty where nobody knows any more."""
    return (pristine(exercise) or "").encode()


def zip_of(student: str, here: dict[Exercise, bytes], touched: list[str]) -> bytes:
    """Return a zip of the exercises and their manifest."""
    rows = {
        each.name: {"sha256": sha256(source).hexdigest(), "touched": each.name in touched}
        for each, source in here.items()
    }
    manifest = {"format": FORMAT, "student": student, "made_at": round(time.time(), 3), "exercises": rows}

    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1, ensure_ascii=False) + "\n")
        for each, source in here.items():
            archive.writestr(f"{each.name}.py", source)
    return out.getvalue()
