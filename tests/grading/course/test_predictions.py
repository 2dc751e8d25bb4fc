"""What a learner expected, on disk: it survives others at once, and a file that nobody can read is put aside."""

import json
import threading

import pytest

from labsrv.grading.course import predictions


@pytest.fixture(autouse=True)
def course(monkeypatch, tmp_path):
    monkeypatch.setattr(predictions, "root", lambda: tmp_path)
    return tmp_path


def test_what_was_said_last_is_kept_with_its_moment(course):
    predictions.keep("02_sessions/whose", "Alice's")
    predictions.keep("02_sessions/whose", "Mallory's")

    row = json.loads((course / ".authlab" / "predictions.json").read_text(encoding="utf-8"))["02_sessions/whose"]
    assert predictions.said("02_sessions/whose") == "Mallory's" == row["said"]
    assert set(row) == {"said", "at"}


def test_two_kernels_at_once_lose_nothing():
    names = [f"02_sessions/number-{number}" for number in range(20)]
    threads = [threading.Thread(target=predictions.keep, args=(name, name)) for name in names]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert [predictions.said(name) for name in names] == names


@pytest.mark.parametrize("content", ["{", "[]", '{"02_sessions/whose": "Alice"}'])
def test_a_file_that_cannot_be_read_is_put_aside(course, content, capsys):
    predictions.place().parent.mkdir()
    predictions.place().write_text(content, encoding="utf-8")

    assert predictions.said("02_sessions/whose") == ""
    assert (course / ".authlab" / "predictions.unreadable.json").read_text(encoding="utf-8") == content
    assert "What you predicted could not be read" in capsys.readouterr().err


def test_words_that_are_none_are_not_shown():
    predictions.place().parent.mkdir()
    predictions.place().write_text('{"02_sessions/whose": {"said": 7}}', encoding="utf-8")

    assert predictions.said("02_sessions/whose") == ""
