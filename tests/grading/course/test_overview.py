"""Where a learner is: points, the next exercise, and the requirements that their code meets."""

import json

import pytest

from labsrv.grading.course import progress
from labsrv.grading.course.exercises import exercises
from labsrv.grading.course.overview import by_number, overview
from labsrv.kit.shown import as_text


@pytest.fixture
def keep(tmp_path, monkeypatch):
    """Return a function that keeps rows as a learner's progress: {exercise: (best, when, outcome of all checks)}."""
    monkeypatch.setattr(progress, "place", lambda: tmp_path / "progress.json")

    def keep(rows):
        kept = {name: row_of(name, *row) for name, row in rows.items()}
        (tmp_path / "progress.json").write_text(json.dumps(kept), encoding="utf-8")

    return keep


def row_of(name, best, at, outcome):
    """Return what is kept of one exercise."""
    exercise = next(each for each in exercises() if each.name == name)
    return {"best": best, "latest": best, "out_of": 99, "at": at, "checks": dict.fromkeys(exercise.after(), outcome)}


def test_who_has_done_nothing_begins_at_the_beginning(keep):
    keep({})
    course = overview()

    assert course.following.exercise.name == "00_start_here/00_template"
    assert [lesson.points[0] for lesson in course.lessons] == [0] * len(course.lessons)
    assert course.met == [] and len(course.asvs) > 50
    assert [step.exercise for step in course.steps] == exercises()


def test_next_is_the_first_open_one_from_where_one_was_last(keep):
    before = {"01_passwords/compare_it": (1, "2026-11-30T09:00", "failed")}
    keep(before | {"02_sessions/renew_id": (9, "2026-11-30T10:00", "passed")})
    assert overview().following.exercise.name == "02_sessions/cookie_attributes"

    keep(before | {"02_sessions/renew_id": (9, "2026-11-30T08:00", "passed")})
    assert overview().following.exercise.name == "01_passwords/compare_it"


def test_run_all_checks_a_whole_lesson_and_next_is_the_first_of_it(keep):
    keep(
        {each.name: (0, f"2026-11-30T10:{at}", "failed") for at, each in enumerate(exercises("02_sessions"), start=10)}
    )

    assert overview().following.exercise.name == "02_sessions/renew_id"


def test_points_are_those_that_the_checks_give(keep):
    keep({"02_sessions/renew_id": (9, "2026-11-30T10:00", "passed")})
    (lesson,) = [each for each in overview().lessons if each.name == "02_sessions"]

    assert lesson.points[0] == lesson.steps[0].out_of == 9 and lesson.steps[0].done
    assert lesson.title.startswith("Sessions") and lesson.notebook.name == "02_sessions.ipynb"


def test_a_requirement_is_met_when_every_promise_of_it_is_kept(keep):
    keep({each.name: (0, "2026-11-30T10:00", "passed") for each in exercises()})
    course = overview()
    assert course.met == course.asvs

    keep({each.name: (0, "2026-11-30T10:00", "passed") for each in exercises("02_sessions")})
    assert 0 < len(overview().met) < len(course.asvs)
    assert sorted(["6.10.1", "6.9.2"], key=by_number) == ["6.9.2", "6.10.1"]


def test_the_next_one_after_all_is_none(keep):
    keep({each.name: (99, "2026-11-30T10:00", "passed") for each in exercises()})

    assert overview().following is None and "All exercises are done." in as_text(overview())


def test_a_terminal_is_told_the_same(keep):
    keep({"02_sessions/renew_id": (9, "2026-11-30T10:00", "passed")})
    told = as_text(overview())

    assert (
        "9 of 9" in told
        and "✓" in told
        and "2026-11-30 10:00" in told
        and "Next: 02_sessions/cookie_attributes" in told
    )
    assert "Requirements of ASVS 5.0 that your code meets" in told
