"""What a class hands in is taken in safely: each hostile or broken submission is one row with its reason."""

import io
import json
import os
import shutil
import stat
import struct
import subprocess
import sys
import zipfile

import pytest

from labsrv.grading.classroom.handin import archives as trees
from labsrv.grading.classroom.handin import intake, submitting
from labsrv.grading.course.exercises import find, root

RENEW_ID = "02_sessions/renew_id"
(EXERCISE,) = find(RENEW_ID)
SOURCE = b"def begin_session(sessions, presented_id, user): ...\n"


def zipped(*members, **options):
    """Return a zip's bytes; a member is (name or ZipInfo, content)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, **options) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return out.getvalue()


def link(name):
    member = zipfile.ZipInfo(name)
    member.external_attr = (stat.S_IFLNK | 0o777) << 16
    return member


def lying_about_its_size():
    """A member that says it is small, and unpacks to 64 MiB."""
    data = bytearray(zipped((f"{RENEW_ID}.py", bytes(64 << 20))))
    for signature, place in ((b"PK\3\4", 22), (b"PK\1\2", 24)):
        at = data.index(signature) + place
        data[at : at + 4] = struct.pack("<I", 10)
    return bytes(data)


def encrypted():
    data = bytearray(zipped((f"{RENEW_ID}.py", SOURCE)))
    for signature, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        data[data.index(signature) + place] |= 1
    return bytes(data)


def twice():
    with pytest.warns(UserWarning, match="Duplicate name"):
        return zipped((f"{RENEW_ID}.py", SOURCE), (f"{RENEW_ID}.py", b"x = 1\n"))


# name: (what makes the zip, what the reason says)
HOSTILE_ZIPS = {
    "traversal": (lambda: zipped(("../../evil.py", SOURCE)), "would land outside of its folder"),
    "traversal with backslashes": (lambda: zipped(("..\\..\\evil.py", SOURCE)), "would land outside of its folder"),
    "traversal in the middle": (lambda: zipped(("02_sessions/../../x.py", SOURCE)), "would land outside of its folder"),
    "an absolute path": (lambda: zipped(("/etc/cron.d/evil", SOURCE)), "absolute or impossible name"),
    "a drive": (lambda: zipped(("C:\\evil.py", SOURCE)), "absolute or impossible name"),
    "a link to somebody else's": (lambda: zipped((link(f"{RENEW_ID}.py"), "../bob/renew_id.py")), "is a link"),
    "a folder that is a link": (lambda: zipped((link("02_sessions"), "/etc")), "is a link"),
    "encrypted": (encrypted, "is encrypted"),
    "truncated": (lambda: zipped((f"{RENEW_ID}.py", SOURCE))[:-30], "truncated or damaged"),
    "no zip at all": (lambda: b"Dear professor, my dog has eaten it.", "truncated or damaged"),
    "empty": (lambda: b"", "truncated or damaged"),
    "a bomb": (lambda: zipped(("zeros", bytes(201 << 20)), compresslevel=9), "unpacks to 1 files of 201 MiB"),
    "a bomb of many files": (lambda: zipped(*((f"{n}", b"") for n in range(10_001))), "unpacks to 10,001 files"),
    "a bomb that lies": (lying_about_its_size, "is damaged"),
    "the same file twice": (twice, "is in it more than once"),
    "packed in an unusual way": (lambda: zipped_with_lzma(), "packed in an unusual way"),
}


def zipped_with_lzma():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as archive:
        archive.writestr(f"{RENEW_ID}.py", SOURCE)
    return out.getvalue()


def only(folder):
    (submission,) = intake.take_in(folder).submissions
    return submission


@pytest.mark.parametrize("name", HOSTILE_ZIPS)
def test_a_hostile_zip_is_one_row_with_the_reason(name, tmp_path):
    make, said = HOSTILE_ZIPS[name]
    (tmp_path / "mallory.zip").write_bytes(make())
    submission = only(tmp_path)

    assert submission.student == "mallory"
    assert said in submission.problem and not submission.digests
    assert [each.name for each in tmp_path.iterdir()] == ["mallory.zip"]


def test_a_damaged_file_is_told(tmp_path):
    whole = bytearray(zipped((f"{RENEW_ID}.py", SOURCE * 50)))
    whole[len(f"{RENEW_ID}.py") + 40] ^= 1
    (tmp_path / "mallory.zip").write_bytes(whole)

    assert "is damaged" in only(tmp_path).problem


def test_a_zip_larger_than_any_exercises_is_not_even_opened(tmp_path):
    with (tmp_path / "mallory.zip").open("wb") as file:
        file.truncate(trees.LARGEST_ZIP + 1)

    assert "larger than 16 MiB" in only(tmp_path).problem


def folders(tmp_path):
    """Ways to hand in links, and things that are no files; by name."""
    mallory = tmp_path / "mallory"
    lesson = mallory / "02_sessions"

    def linked_file():
        lesson.mkdir(parents=True)
        (lesson / "renew_id.py").symlink_to(EXERCISE.solution)

    def linked_lesson():
        mallory.mkdir()
        lesson.symlink_to(EXERCISE.solution.parent)

    def linked_exercises():
        mallory.mkdir()
        (mallory / "exercises").symlink_to(root() / "solutions")

    def pipe():
        lesson.mkdir(parents=True)
        os.mkfifo(lesson / "renew_id.py")

    def a_folder_called_like_it():
        (lesson / "renew_id.py").mkdir(parents=True)

    def whole_link():
        mallory.symlink_to(root() / "solutions")

    return [linked_file, linked_lesson, linked_exercises, pipe, a_folder_called_like_it, whole_link]


@pytest.mark.skipif(sys.platform == "win32", reason="links and pipes need rights there")
@pytest.mark.parametrize("number", range(6))
def test_links_and_what_is_no_file_are_refused(number, tmp_path):
    make = folders(tmp_path)[number]
    make()
    submission = only(tmp_path)

    assert submission.problem and not submission.digests, make.__name__


def hand_in_folder(folder, name="alice", inside=""):
    path = folder / name / inside / "02_sessions" / "renew_id.py"
    path.parent.mkdir(parents=True)
    path.write_bytes(SOURCE)


@pytest.mark.parametrize("inside", ["", "exercises", "alice", "my course/exercises"])
def test_folders_and_zips_may_have_one_folder_around(inside, tmp_path):
    hand_in_folder(tmp_path, "bob", inside)
    name = f"{inside}/{RENEW_ID}.py".lstrip("/")
    (tmp_path / "alice.zip").write_bytes(zipped((name, SOURCE), ("__MACOSX/junk", b""), ("notes.txt", b"")))

    for submission in intake.take_in(tmp_path).submissions:
        assert not submission.problem and submission.source(EXERCISE) == SOURCE


def test_extra_files_are_ignored_and_links_among_them(tmp_path):
    hand_in_folder(tmp_path)
    (tmp_path / "alice" / "test_renew_id.py").write_text("raise SystemExit")
    (tmp_path / "alice" / "02_sessions" / "test_renew_id.py").write_text("raise SystemExit")
    (tmp_path / "alice" / ".venv").symlink_to("/")
    (tmp_path / "notes.txt").write_text("Tea at four.")
    (tmp_path / ".DS_Store").write_text("")
    found = intake.take_in(tmp_path)

    assert [each.student for each in found.submissions] == ["alice"]
    assert list(found.submissions[0].digests) == [RENEW_ID] and not found.submissions[0].problem
    assert found.ignored == ["notes.txt"]


def test_only_as_much_is_read_as_a_decision_can_have(tmp_path):
    hand_in_folder(tmp_path)
    with (tmp_path / "alice" / "02_sessions" / "renew_id.py").open("wb") as file:
        file.truncate(200 << 20)

    assert len(only(tmp_path).source(EXERCISE)) == (1 << 20) + 1


def test_another_archive_is_one_row_with_the_reason(tmp_path):
    for name in ("alice.rar", "bob.tar.gz", "carol.7z"):
        (tmp_path / name).write_bytes(b"")
    found = intake.take_in(tmp_path).submissions

    assert [each.student for each in found] == ["alice", "bob", "carol"]
    assert all("neither a folder nor a .zip" in each.problem for each in found)


@pytest.mark.parametrize("other", ["alice", "Alice", "alice "])
def test_two_submissions_of_one_student_are_one_row(other, tmp_path):
    hand_in_folder(tmp_path, other)
    (tmp_path / "alice.zip").write_bytes(zipped((f"{RENEW_ID}.py", b"later = True\n")))
    os.utime(tmp_path / other, (1_000_000, 1_000_000))

    assert "handed in more than once" in only(tmp_path).problem
    (latest,) = intake.take_in(tmp_path, latest=True).submissions
    assert latest.source(EXERCISE) == b"later = True\n" and "the latest of" in latest.note


def test_no_submissions_are_said(tmp_path):
    with pytest.raises(LookupError, match="one folder or .zip a student"):
        intake.take_in(tmp_path)


# `authlab submit` ----------------------------------------------------------------------------------------------------


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A course of one's own, whose exercises can be edited."""
    folder = tmp_path / "course"
    for name in ("exercises", "solutions"):
        shutil.copytree(root() / name, folder / name, ignore=shutil.ignore_patterns("*.mine*", "__pycache__"))
    (folder / "labsrv").symlink_to(root() / "labsrv")
    monkeypatch.setenv("AUTHLAB_COURSE", str(folder))
    from labsrv.grading.course import stubs

    stubs.keep_all()
    return folder


def test_submit_makes_a_zip_that_is_taken_in(course, tmp_path):
    shutil.copy(course / "solutions" / f"{RENEW_ID}.py", course / "exercises" / "02_sessions")
    class_folder = tmp_path / "class"
    class_folder.mkdir()
    path, touched, left = submitting.submit("alice", class_folder)
    submission = only(class_folder)

    assert path.name == "alice.zip" and touched == [RENEW_ID] and "00_start_here/00_template" in left
    assert submission.source(EXERCISE) == (course / "solutions" / f"{RENEW_ID}.py").read_bytes()
    assert not submission.problem and not submission.note
    with zipfile.ZipFile(path) as archive:
        manifest = json.loads(archive.read("manifest.json"))
        assert {each.split("/")[-1].split("_")[0] for each in archive.namelist()} & {"test"} == set()
    assert manifest["student"] == "alice" and manifest["exercises"][RENEW_ID]["touched"]


def test_submit_with_nothing_to_hand_in(course, tmp_path):
    with pytest.raises(submitting.NotSubmitted, match="nothing to hand in yet"):
        submitting.submit("alice", tmp_path)
    for name in ("../alice", "", "..", "a:b", "a\0b"):
        with pytest.raises(submitting.NotSubmitted, match="can't be a file's name"):
            submitting.submit(name, tmp_path)


def test_the_command_says_what_it_made(course, tmp_path):
    command = [sys.executable, "-m", "labsrv.cli", "submit", "--name", "zoë", "--to", str(tmp_path)]
    before = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    shutil.copy(course / "solutions" / f"{RENEW_ID}.py", course / "exercises" / "02_sessions")
    after = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")

    assert before.returncode == 2 and "nothing to hand in yet" in before.stderr
    assert after.returncode == 0 and f"zoë.zip has what you worked on: {RENEW_ID}." in after.stdout
    assert (tmp_path / "zoë.zip").exists()


def test_a_file_changed_after_submit_is_noted(course, tmp_path):
    shutil.copy(course / "solutions" / f"{RENEW_ID}.py", course / "exercises" / "02_sessions")
    class_folder = tmp_path / "class"
    path, _, _ = submitting.submit("alice", class_folder)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(class_folder / "alice")
    path.unlink()
    (class_folder / "alice" / f"{RENEW_ID}.py").write_text("x = 1\n")

    assert only(class_folder).note == f"changed after `authlab submit`: {RENEW_ID}"


@pytest.mark.parametrize(
    "text", ["", "[]", "null", '{"made_at": NaN, "exercises": {}}', "[" * 100_000, '{"made_at": {}}']
)
def test_a_manifest_is_not_trusted(text, tmp_path):
    hand_in_folder(tmp_path)
    (tmp_path / "alice" / "manifest.json").write_text(text)
    submission = only(tmp_path)

    assert not submission.problem and list(submission.digests) == [RENEW_ID]
