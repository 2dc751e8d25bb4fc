"""`authlab grade` end to end: fair, explained, the same again, and where it stopped."""

import os
import signal
import stat
import subprocess
import sys
import time

import psutil
import pytest

from labsrv.grading.course.exercises import find, root
from tests.grading.classroom.class_room import (
    TICKETS,
    command,
    copy_course,
    grade,
    hand_in,
    moments,
    points,
    results,
    small_class,
)

HIDDEN = '''"""More about tickets."""
from labsrv.grading import promise
from labsrv.labs.start_here.people import is_inside, show_ticket

@promise()
def test_alice_shows_her_ticket(lab, shop, alice):
    """A hidden honest use, called as one of the course's is."""

@promise(points=10, after=test_alice_shows_her_ticket)
def test_nothing_but_tickets(lab, shop, mallory):
    """Mallory shows a drawing of a teapot."""
    show_ticket(mallory, shop, "a drawing of a teapot")
    assert not is_inside(mallory), "The teapot got her in."
'''


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    """A small class, graded once: what was printed, the submissions and the grades."""
    folder = tmp_path_factory.mktemp("class")
    submissions = small_class(folder / "submissions")
    (submissions / "zoe.zip").write_bytes(b"my dog has eaten it")
    (submissions / "yan").mkdir()
    done = grade(submissions, folder / "grades", "--seed", "7")
    return done, submissions, folder / "grades"


def test_the_class_was_graded_whatever_the_grades(graded):
    done, _, out = graded
    full = sum(each["points"] for each in worth())
    lines = (out / "grades.csv").read_text(encoding="utf-8").splitlines()

    assert done.returncode == 0, done.stderr
    assert lines[0] == "student," + ",".join(each.name for each in find_all()) + ",total"
    assert lines[1].startswith(f"student-000,{full},") and lines[1].endswith(f",{full}")
    assert lines[2].startswith("student-001,0,") and lines[-1] == "zoe," + "," * len(find_all())
    assert sorted(each.name for each in out.iterdir()) == ["gradebook.sqlite", "grades.csv"]


def find_all():
    from labsrv.grading.course.exercises import exercises

    return exercises()


def worth():
    from labsrv.grading.checks.run import run

    (report,) = run([TICKETS], root() / "solutions")
    return [{"points": each.out_of} for each in report.checks]


def test_the_end_says_what_the_instructor_should_know(graded):
    done, _, out = graded

    assert "Graded 7 of 8 students." in done.stdout
    assert "zoe: zoe.zip is no whole zip" in done.stdout and "yan: no exercise of this course is in it" in done.stdout
    assert "Sandbox: " in done.stdout and str(out / "grades.csv") in done.stdout
    assert "\x1b" not in done.stdout and "\r" not in done.stdout


def test_each_result_is_explained_and_can_be_made_again(graded):
    _, submissions, out = graded
    row = results(out)["student-001", TICKETS.name]
    seed, report = row[6], row[4]
    command = [sys.executable, "-m", "labsrv.cli", "check", TICKETS.name, "--seed", seed, "--json", "--submission"]
    again = subprocess.run([*command, str(submissions / "student-001")], capture_output=True, text=True, cwd=root())

    assert '"outcome":"failed"' in report and '"hints":[' in report
    assert again.stdout.replace(" ", "").strip() == report.replace(" ", "")


def test_the_same_seed_gives_the_same_result(graded, tmp_path):
    _, submissions, out = graded
    grade(submissions, tmp_path, "--seed", "7", "--jobs", "2")

    assert results(tmp_path) == results(out)


def test_other_submissions_draw_other_names(graded):
    seeds = {row[6] for row in results(graded[2]).values() if row[6]}

    assert len(seeds) == 6


def test_what_has_not_changed_is_not_graded_again(tmp_path):
    submissions, out = small_class(tmp_path / "in", 3), tmp_path / "out"
    only = ("--only", TICKETS.name)
    grade(submissions, out, *only)
    first = moments(out)
    hand_in(submissions, "student-001", TICKETS.solution)
    second = grade(submissions, out, *only)
    changed = {student for student, at in moments(out).items() if at != first[student]}

    assert changed == {"student-001"} and "2 kept" in second.stdout
    grade(submissions, out, *only, "--regrade", "Student-002")
    before, now = first, moments(out)
    assert now["student-002"] != before["student-002"] and now["student-000"] == before["student-000"]
    nobody = grade(submissions, out, *only, "--regrade", "zoe")
    assert nobody.returncode == 2 and "no submission of 'zoe'" in nobody.stderr
    grade(submissions, out, *only, "--regrade")
    assert all(at != now[student] for student, at in moments(out).items())


def test_a_submission_that_was_taken_back_is_not_submitted(tmp_path):
    submissions, out = small_class(tmp_path / "in", 1), tmp_path / "out"
    grade(submissions, out, "--only", TICKETS.name)
    TICKETS.in_submission(submissions / "student-000").unlink()
    grade(submissions, out, "--only", TICKETS.name)

    assert (out / "grades.csv").read_text() == f"student,{TICKETS.name},total\nstudent-000,,0\n"


def test_hidden_checks_count_and_are_not_shown(tmp_path):
    hidden = tmp_path / "more" / TICKETS.lesson
    hidden.mkdir(parents=True)
    (hidden / TICKETS.checks.name).write_text(HIDDEN, encoding="utf-8")
    submissions, out = small_class(tmp_path / "in", 2), tmp_path / "out"
    options = ("--only", TICKETS.name, "--checks", str(tmp_path / "more"), "--reports", str(tmp_path / "reports"))
    done = grade(submissions, out, *options)
    veiled = (tmp_path / "reports" / "student-000.txt").read_text(encoding="utf-8")
    grade(submissions, out, *options, "--show-hidden")
    shown = (tmp_path / "reports" / "student-000.txt").read_text(encoding="utf-8")

    assert done.returncode == 0, done.stderr
    assert points(out)["student-000"] == sum(each["points"] for each in worth()) + 10
    assert "A hidden promise: kept." in veiled and "teapot" not in veiled
    assert "Mallory shows a drawing of a teapot." in shown
    assert "Alice shows the number on her ticket and is let in." in veiled


def test_no_message_tells_what_a_hidden_check_promises(tmp_path):
    hidden = tmp_path / "more" / TICKETS.lesson
    hidden.mkdir(parents=True)
    strict = HIDDEN.replace(
        'called as one of the course\'s is."""', 'called as one of the course\'s is."""\n    assert 0'
    )
    (hidden / TICKETS.checks.name).write_text(strict, encoding="utf-8")
    options = ("--only", TICKETS.name, "--checks", str(tmp_path / "more"), "--reports", str(tmp_path / "reports"))
    grade(small_class(tmp_path / "in", 1), tmp_path / "out", *options)
    veiled = (tmp_path / "reports" / "student-000.txt").read_text(encoding="utf-8")

    assert points(tmp_path / "out")["student-000"] == 0, "every check with points waits for all honest ones"
    assert "waits for a hidden check" in veiled and "A hidden honest use" not in veiled


@pytest.mark.parametrize("name", ["nothing", "02_sessions/test_tea.py"])
def test_hidden_checks_that_belong_nowhere_are_said(name, tmp_path):
    (tmp_path / "more" / "02_sessions").mkdir(parents=True)
    (tmp_path / "more" / name).touch()
    done = grade(small_class(tmp_path / "in", 1), tmp_path / "out", "--checks", str(tmp_path / "more"))

    assert done.returncode == 2 and "should mirror exercises/" in done.stderr


def test_checks_that_can_not_be_run_are_said_and_the_rest_is_graded(tmp_path):
    course = copy_course(tmp_path / "Web security [2026]")  # in a row's brackets, for pytest
    (sessions,) = find("renew_id")
    broken = course / "exercises" / sessions.lesson / sessions.checks.name
    broken.write_text("import nowhere_to_be_found\n" + broken.read_text(encoding="utf-8"), encoding="utf-8")
    submissions = small_class(tmp_path / "in", 1)
    hand_in(submissions, "student-000", sessions.solution, sessions)
    line = command(submissions, tmp_path / "out", "--jobs", "1")
    done = subprocess.run(line, capture_output=True, text=True, env={**os.environ, "AUTHLAB_COURSE": str(course)})

    assert done.returncode == 3
    assert "Checks that can't be run" in done.stdout and "nowhere_to_be_found" in done.stdout
    rows = results(tmp_path / "out")
    assert rows["student-000", sessions.name][:2] == ("broken", None)
    assert rows["student-000", TICKETS.name][0] == "graded"


def test_require_sandbox_refuses_to_go_on_without(tmp_path, monkeypatch):
    from labsrv.grading import sandbox
    from labsrv.grading.classroom.run import GradingRun, Options, SandboxMissing

    monkeypatch.setattr(sandbox, "available", lambda: {"landlock": "this kernel has none", "pid": ""})
    small_class(tmp_path / "in", 1)
    with pytest.raises(SandboxMissing, match=r"landlock \(this kernel has none\). Nothing was graded"):
        GradingRun(tmp_path / "in", tmp_path / "out", Options(require_sandbox=True))

    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--only", "02_sessions/renew_idd"], "Did you mean 02_sessions/renew_id"),
        (["alice"], "did you mean --regrade?"),
        (["--jobs", "0"], "0 is not in the range"),
    ],
)
def test_usage(options, said, tmp_path):
    done = grade(small_class(tmp_path / "in", 1), tmp_path / "out", *options)

    assert done.returncode == 2 and said in done.stderr


def test_grades_do_not_lie_among_the_submissions(tmp_path):
    done = grade(small_class(tmp_path / "in", 1), tmp_path / "in" / "grades")

    assert done.returncode == 2 and "would be taken for one" in done.stderr
    assert not (tmp_path / "in" / "grades").exists()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_can_not_be_written_is_said(tmp_path):
    (tmp_path / "out").mkdir(mode=stat.S_IRUSR | stat.S_IXUSR)
    done = grade(small_class(tmp_path / "in", 1), tmp_path / "out")

    assert done.returncode == 2 and "Error: " in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="Ctrl-C reaches nobody there")
def test_ctrl_c_keeps_what_there_is_and_leaves_nothing_running(tmp_path):
    submissions, out = small_class(tmp_path / "in", 12), tmp_path / "out"
    process = subprocess.Popen(
        command(submissions, out, "--jobs", "2", "--only", TICKETS.name),
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )
    wait_for(lambda: (out / "gradebook.sqlite").exists() and len(graded_so_far(out)) >= 2)
    family = psutil.Process(process.pid).children(recursive=True)
    process.send_signal(signal.SIGINT)
    said = process.communicate(timeout=20)[1]

    assert process.returncode == 130
    assert "12 students are graded and kept. The same command goes on from here." in said
    assert psutil.wait_procs(family, timeout=5)[1] == []
    kept = graded_so_far(out)
    again = grade(submissions, out, "--only", TICKETS.name)
    assert again.returncode == 0 and f"{len(kept)} kept" in again.stdout
    assert len(graded_so_far(out)) == 12


def graded_so_far(out):
    return [key for key, row in results(out).items() if row[0] == "graded"]


def wait_for(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not ready(condition):
        assert time.monotonic() < deadline
        time.sleep(0.02)


def ready(condition):
    import sqlite3

    try:
        return condition()
    except sqlite3.OperationalError:
        return False  # its tables are being made
