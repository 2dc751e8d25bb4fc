"""PredictionView by its traits: what can be said, what is kept, and that a full disk loses nothing that was said."""

import pytest

from labsrv.grading.course import predictions
from labsrv.widgets.prediction import PredictionView
from labsrv.workbench import Predict


def say(view, words):
    view.wished(None, {"say": words}, None)


def test_one_of_the_choices_is_kept_changed_and_taken_back():
    kept = []
    view = PredictionView(["Alice's", "Mallory's"], kept.append)
    assert repr(view) == "Your prediction? · Alice's · Mallory's"

    say(view, "Alice's")
    assert repr(view) == "Your prediction: Alice's"
    say(view, "Mallory's")
    say(view, "")

    assert kept == ["Alice's", "Mallory's", ""] and view.said == ""


@pytest.mark.parametrize("wish", [None, "Alice's", {}, {"say": None}, {"say": ["Alice's"]}, {"say": "Bob's"}])
def test_nothing_else_is_kept(wish):
    kept = []
    view = PredictionView(["Alice's", "Mallory's"], kept.append)

    view.wished(None, wish, None)

    assert not kept and not view.said


def test_a_line_of_ones_own_is_one_line_and_no_novel():
    view = PredictionView([], lambda words: None)

    say(view, "  user=mallory;\n session=1  ")
    assert view.said == "user=mallory; session=1"
    say(view, "tea " * 1000)
    assert len(view.said) <= 300


def test_where_it_cannot_be_kept_it_is_said_and_stands():
    def full(words):
        raise OSError(28, "No space left on device")

    view = PredictionView(["yes", "no"], full)
    say(view, "no")

    assert view.said == "no" and "disk is full" in view.trouble


def test_the_notebooks_one_is_there_again_after_a_restart(monkeypatch, tmp_path):
    monkeypatch.setattr(predictions, "root", lambda: tmp_path)
    say(Predict("02_sessions/whose", "Alice's", "Mallory's"), "Mallory's")

    assert Predict("02_sessions/whose", "Alice's", "Mallory's").said == "Mallory's"
    assert Predict("02_sessions/another").said == ""


def test_a_choice_that_is_not_offered_any_more_is_not_shown_as_chosen(monkeypatch, tmp_path):
    monkeypatch.setattr(predictions, "root", lambda: tmp_path)
    say(Predict("02_sessions/whose", "hers", "his"), "hers")

    assert Predict("02_sessions/whose", "Alice's", "Mallory's").said == ""


def test_a_name_without_its_lesson_is_refused():
    with pytest.raises(ValueError, match='as "02_sessions/whose-account" does'):
        Predict("whose")
