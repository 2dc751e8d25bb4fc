"""The gradebook loses nothing, and grades.csv does nobody any harm."""

import csv
import io
import sqlite3

import pytest

from labsrv.grading.classroom.gradebook import GRADED, NOT_SUBMITTED, REFUSED, Gradebook, GradebookError, Result
from labsrv.grading.classroom.output import csv_export

# name: how it is written
NAMES = {
    "alice": "alice",
    "Ørjan Łukasz": "Ørjan Łukasz",
    "=cmd|'/C calc'!A1": "'=cmd|'/C calc'!A1",
    "+1": "'+1",
    "-1+1": "'-1+1",
    "@SUM(A1)": "'@SUM(A1)",
    "  =1+1": "'  =1+1",
    '"=1+1': "'\"=1+1",
    "\uff1d1+1": "'\uff1d1+1",
    "\t=1+1": "\ufffd=1+1",
    "a\n=1+1,99": "a\ufffd=1+1,99",
    "a\r=1": "a\ufffd=1",
    "a;=1+1": "a;=1+1",
    "a,=1+1": "a,=1+1",
    'a",=1+1': 'a",=1+1',
    "\u202e=1": "\ufffd=1",
}


def a_class(folder, names):
    with Gradebook(folder) as book:
        book.list_exercises([("02_sessions/renew_id", "Renew", 7, 1), ("02_sessions/log_out", "Log out", 8, 2)])
        book.enrol((name, name, "", "") for name in names)
        book.keep(Result(name, "02_sessions/renew_id", GRADED, 5, 7) for name in names)
        book.keep(Result(name, "02_sessions/log_out", NOT_SUBMITTED) for name in names)
        return csv_export.csv(book)


@pytest.mark.parametrize("name", NAMES)
def test_a_name_is_no_formula_and_one_cell(name, tmp_path):
    text = a_class(tmp_path, [name])
    header, row = csv.reader(io.StringIO(text))

    assert header == ["student", "02_sessions/renew_id", "02_sessions/log_out", "total"]
    assert row == [NAMES[name], "5", "", "5"]
    assert not row[0].startswith(("=", "+", "-", "@", "\t", "\r"))
    # Where semicolons or tabs part cells, the name is in quotes, so that it stays one cell.
    assert ";" not in text.replace(f'"{row[0]}"', "") and "\t" not in text


def test_the_csv_is_what_it_should_be_to_the_letter(tmp_path):
    with Gradebook(tmp_path) as book:
        book.list_exercises([("02_sessions/renew_id", "Renew", 7, 1)])
        book.enrol([("bob", "bob", "", ""), ("alice", "alice.zip", "", ""), ("dave", "dave.zip", "encrypted", "")])
        book.keep([Result("alice", "02_sessions/renew_id", GRADED, 0, 7)])
        book.keep([Result("bob", "02_sessions/renew_id", NOT_SUBMITTED)])
        book.keep([Result("dave", "02_sessions/renew_id", REFUSED, reason="encrypted")])

        assert csv_export.csv(book) == "student,02_sessions/renew_id,total\nalice,0,0\nbob,,0\ndave,,\n"


def test_a_full_disk_loses_nothing_that_was_kept(tmp_path):
    with Gradebook(tmp_path) as book:
        book.keep([Result("alice", "02_sessions/renew_id", GRADED, 7, 7)])
        pages = book.book.execute("PRAGMA page_count").fetchone()[0]
        book.book.execute(f"PRAGMA max_page_count = {pages}")
        with pytest.raises(GradebookError, match="make room for it.*goes on where this run stopped"):
            book.keep([Result("bob", "02_sessions/renew_id", GRADED, 7, 7, report="x" * 100_000)])

    with Gradebook(tmp_path) as book:
        assert [student for student, _ in book.results()] == ["alice"]
        assert book.book.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_one_grader_at_a_time_and_readers_meanwhile(tmp_path):
    with Gradebook(tmp_path) as book:
        book.keep([Result("alice", "02_sessions/renew_id", GRADED, 7, 7)])
        with pytest.raises(GradebookError, match="Another `authlab grade` is at work"):
            Gradebook(tmp_path)
        reader = sqlite3.connect(f"file:{book.path}?mode=ro", uri=True)
        assert reader.execute("SELECT points FROM results").fetchall() == [(7,)]
        reader.close()
    Gradebook(tmp_path).close()


@pytest.mark.parametrize("content", [b"Dear diary", b"SQLite format 3\0" + bytes(100)], ids=["a letter", "half of one"])
def test_a_file_that_is_no_gradebook_is_left_alone(content, tmp_path):
    (tmp_path / "gradebook.sqlite").write_bytes(content)
    with pytest.raises(GradebookError, match="can't be used as a gradebook.*--out"):
        Gradebook(tmp_path)

    assert (tmp_path / "gradebook.sqlite").read_bytes() == content


def test_another_editions_gradebook_is_left_alone(tmp_path):
    Gradebook(tmp_path).close()
    book = sqlite3.connect(tmp_path / "gradebook.sqlite")
    book.execute("PRAGMA user_version = 99")
    book.close()
    with pytest.raises(GradebookError, match="another edition"):
        Gradebook(tmp_path)


def test_only_the_gradebook_is_left_in_the_folder(tmp_path):
    a_class(tmp_path, ["alice"])

    assert [each.name for each in tmp_path.iterdir()] == ["gradebook.sqlite"]
