"""Checks shared among runners come to what they come to in one run."""

import json
import shutil

import pytest

from labsrv.grading.checks.check import order_for, run_checks
from labsrv.grading.checks.split import share
from labsrv.grading.course.exercises import exercises, find
from labsrv.grading.forks.runner import Runner
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.system.processes import CAN_FORK
from labsrv.kit.clock import Clock

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="there is no runner where nothing can be forked")

NAME = "02_sessions/renew_id"
BROKEN = {
    "a syntax error": "def begin_session(:\n",
    "nothing in it": "",
    "an error at import": "raise ValueError('no')\n",
    "its process ends": "import os\nos._exit(3)\n",
}
MISSES = {each.stem: each.read_text(encoding="utf-8") for each in find(NAME)[0].near_misses[::4]}
TEXTS = BROKEN | MISSES


def shared(name, of=2):
    orders = [order_for(name, (number, of)) for number in range(of)]
    (report,), said = run_checks(name, [Runner(shared_zygote(), order) for order in orders])
    assert said == ""
    return report


def rows(report):
    return [(each.name, each.promise, each.outcome, each.points, each.out_of) for each in report.checks]


def waits(report):
    return [each.message for each in report.checks if each.outcome == "waiting"]


def assert_alike(name):
    (alone,), _ = run_checks(name)
    together = shared(name)
    assert rows(together) == rows(alone)
    assert waits(together) == waits(alone)
    return together


@pytest.mark.parametrize("text", TEXTS.values(), ids=TEXTS)
def test_two_runners_say_what_one_says(course, text):
    (course / "exercises" / f"{NAME}.py").write_text(text, encoding="utf-8")
    report = assert_alike(NAME)
    assert report.points < report.out_of


@pytest.mark.parametrize(
    ("name", "folder"),
    [
        (NAME, "exercises"),
        (NAME, "solutions"),
        ("00_start_here/00_template", "solutions"),
        ("06_two_factor/recovery_codes", "exercises"),
    ],
)
def test_stubs_and_solutions(course, name, folder):
    if folder == "solutions":
        shutil.copy(course / folder / f"{name}.py", course / "exercises" / f"{name}.py")
    report = assert_alike(name)
    assert (report.points == report.out_of) == (folder == "solutions")
    progress = json.loads((course / ".authlab" / "progress.json").read_text())[name]
    assert progress["latest"] == report.points and len(progress["checks"]) == len(report.checks)


def test_checks_that_can_not_be_read_are_said_once(course):
    (course / "exercises" / "02_sessions" / "test_renew_id.py").write_text("PLACE = 1\nimport nothing_of_that_name\n")
    (row,) = shared(NAME).checks
    assert row.outcome == "broken" and "nothing_of_that_name" in row.message


def test_a_moved_clock_dates_no_progress(course):
    clock = Clock()
    try:
        clock.advance(days=400)
        shared(NAME)
    finally:
        clock.reset()
    at = json.loads((course / ".authlab" / "progress.json").read_text())[NAME]["at"]
    assert at[:10] == clock.now().isoformat()[:10]


@pytest.mark.parametrize("of", [1, 2, 3])
@pytest.mark.parametrize("exercise", exercises(), ids=lambda each: each.name)
def test_every_check_is_in_a_part_and_every_part_has_honest_use(exercise, of):
    after = exercise.after()
    points = dict.fromkeys(after, 1) | dict.fromkeys(exercise.needed_for([]), 0)
    shares = [share(points, number, of) for number in range(of)]

    assert {name for share in shares for name in share} == set(after)
    assert all(any(not points[name] for name in share) for share in shares if 0 in points.values())
