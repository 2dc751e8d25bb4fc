"""Every exercise: the stub runs and earns nothing, the solution earns all, near misses are caught by what they name."""

import ast
import contextlib
import re
from functools import cache

import pytest

from labsrv.grading.classroom.jobs import Job
from labsrv.grading.classroom.worker_client import JOB_SECONDS, Worker
from labsrv.grading.course.exercises import constant, exercises, parsed
from labsrv.grading.course.report import Report
from labsrv.grading.course.stubs import pristine
from labsrv.labs import decisions_of

ALL = {each.name: each for each in exercises()}
NEAR_MISSES = {f"{each.name}/{path.stem}": (each, path) for each in ALL.values() for path in each.near_misses}


@pytest.fixture(scope="session")
def graded():
    """Return `graded(exercise, file, only)`: a file's report on all or some checks, by a worker of the class grader."""
    with contextlib.closing(Worker([*ALL], None)) as worker:

        @cache
        def graded(exercise, file, only=()):
            worker.send(Job("", exercise, None, "0", "", only), file.read_bytes())
            return Report.from_json(worker.receive(JOB_SECONDS)["report"])

        yield graded


def outcomes(report):
    return {each.name: each.outcome for each in report.checks}


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_the_stub_runs_and_earns_nothing(exercise, graded, tmp_path):
    stub = tmp_path / f"{exercise.stem}.py"
    stub.write_text(pristine(exercise) or exercise.stub.read_text(encoding="utf-8"), encoding="utf-8")
    report = graded(exercise, stub)

    assert report.points == 0 and report.out_of > 0
    for check in report.checks:
        wanted = {"passed"} if check.out_of == 0 else {"failed", "waiting"}
        assert check.outcome in wanted, f"{check.name} {check.outcome}: {check.message}"


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_the_solution_earns_everything(exercise, graded):
    report = graded(exercise, exercise.solution)

    assert report.done and report.points == report.out_of, outcomes(report)


@pytest.mark.parametrize(("exercise", "path"), NEAR_MISSES.values(), ids=NEAR_MISSES)
def test_a_near_miss_is_caught_by_the_check_that_it_names(exercise, path, graded):
    doc = ast.get_docstring(ast.parse(path.read_text(encoding="utf-8")))
    named = re.match(r"Caught by: (test_\w+)\. \S", doc or "")
    assert named, f"{path.name} begins with `Caught by: test_…. Why it looked right.`"
    report = graded(exercise, path, tuple(exercise.needed_for([named[1]])))
    found = outcomes(report)

    assert found[named[1]] == "failed", found
    assert "passed" in found.values(), "it fails everything: that is no near miss"
    assert "broken" not in found.values(), [each.message for each in report.checks if each.outcome == "broken"]


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_an_exercise_has_its_four_things(exercise):
    assert exercise.solution.exists()
    assert len(exercise.near_misses) >= 3
    decides = constant(exercise.checks, "DECIDES", ())
    assert decides and set(decides) <= set(decisions_of(exercise.technique))
    for path in (exercise.solution, exercise.stub):
        functions = {node.name for node in parsed(path).body if isinstance(node, ast.FunctionDef)}
        assert set(decides) <= functions, path


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_a_stub_tells_its_story_and_names_its_requirement(exercise):
    text = pristine(exercise) or exercise.stub.read_text(encoding="utf-8")

    assert re.search(r"ASVS 5\.0, \d+\.\d+\.\d+|RFC \d+", ast.get_docstring(ast.parse(text)))
    assert "TODO" in text
    assert "TODO" not in exercise.solution.read_text(encoding="utf-8")


@pytest.mark.parametrize("exercise", ALL.values(), ids=ALL)
def test_checks_are_promises_with_honest_use_first(exercise, graded):
    report = graded(exercise, exercise.solution)
    worth = [check.out_of for check in report.checks]

    assert worth[0] == 0 and worth == sorted(worth, key=bool), "honest use comes first"
    assert 3 <= len(worth) <= 12
    for check in report.checks:
        assert check.promise.endswith("."), check.name
        if check.out_of:
            assert len(check.hints) >= 2, f"{check.name} has too few hints"
            assert check.asvs or check.cwe, f"{check.name} names no requirement"


def test_each_points_check_is_needed(graded, record_figure):
    """A check earns its place by a near miss that it catches."""
    named = {
        (exercise.name, re.search(r"test_\w+", path.read_text(encoding="utf-8"))[0])
        for exercise, path in NEAR_MISSES.values()
    }
    idle = [
        f"{exercise.name}: {check.name}"
        for exercise in ALL.values()
        for check in graded(exercise, exercise.solution).checks
        if check.out_of and (exercise.name, check.name) not in named
    ]

    record_figure("exercises, near misses", f"{len(ALL)}, {len(NEAR_MISSES)}")
    assert not idle, f"no near miss is caught by: {', '.join(idle)}"
