"""The watcher and the runner: a save is checked by itself, as the command line would, and nothing stays behind."""

import json
import os
import subprocess
import sys
import threading
import time

import psutil
import pytest

from labsrv.grading.checks import watcher
from labsrv.grading.checks.check import order_for, run_checks
from labsrv.grading.forks.runner import Runner
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.forks.start import start_zygote
from labsrv.grading.system.processes import CAN_FORK
from labsrv.kit.clock import Clock
from labsrv.workbench import CheckPanel
from tests.notebooks.course import worth

NAME = "02_sessions/renew_id"
WORTH = worth(NAME)
SECONDS = 30
needs_fork = pytest.mark.skipif(not CAN_FORK, reason="there is no runner where nothing can be forked")


@pytest.fixture
def panel(course):
    panel = CheckPanel(NAME)
    until(lambda: panel.report["checks"] and not panel.checking)
    yield panel
    panel.watcher.close()
    panel.close()


def until(fact):
    """Wait for what other threads and processes do."""
    end = time.monotonic() + SECONDS
    while not fact():
        assert time.monotonic() < end
        time.sleep(0.01)


def save(course, text):
    """Write the learner's file as editors do: beside it, and then in its place."""
    file = course / "exercises" / f"{NAME}.py"
    beside = file.with_suffix(".part")
    beside.write_text(text, encoding="utf-8")
    os.replace(beside, file)


def end_zygote():
    process = shared_zygote().process
    process.kill()
    process.wait()


def solution(course):
    return (course / "solutions" / f"{NAME}.py").read_text(encoding="utf-8")


def outcomes(rows):
    return [(row["name"], row["outcome"], row["points"]) for row in rows]


def test_a_save_is_checked(panel, course):
    assert panel.report["points"] == 0
    save(course, solution(course))
    until(lambda: panel.report["points"] == WORTH)
    save(course, "def begin_session(:\n")
    until(lambda: "line 1: invalid syntax" in panel.report["trouble"])
    progress = json.loads((course / ".authlab" / "progress.json").read_text())[NAME]

    assert panel.best == progress["best"] == WORTH and progress["latest"] == 0


def test_a_file_that_an_editor_has_only_opened_is_not_judged(panel, course, monkeypatch):
    monkeypatch.setattr(watcher, "EMPTY_SECONDS", 10 * SECONDS)
    file = course / "exercises" / f"{NAME}.py"
    said = []
    panel.watcher.listeners.append(lambda: said.append(str(panel.watcher.state.report)))

    file.write_text("", encoding="utf-8")
    until(lambda: panel.checking)
    file.write_text(solution(course), encoding="utf-8")
    until(lambda: panel.report["points"] == WORTH)

    assert said and not [each for each in said if "is empty" in each]


def test_a_file_that_stays_empty_is_said_to_be(panel, course):
    save(course, "")

    until(lambda: "renew_id.py is empty" in panel.report["trouble"])


def test_saves_in_a_burst_end_with_the_verdict_on_the_last(panel, course):
    for number in range(20):
        save(course, f"x = {number}\n")
    save(course, solution(course))

    until(lambda: panel.report["points"] == WORTH and not panel.checking)


def test_changed_checks_are_seen(panel, course):
    checks = course / "exercises" / "02_sessions" / "test_renew_id.py"
    checks.write_text(checks.read_text(encoding="utf-8").replace("sees her account.", "sees her own account."), "utf-8")
    panel.watcher.check_now()

    until(lambda: panel.report["checks"][0]["promise"] == "Alice logs in and sees her own account.")


def test_a_deleted_file_is_said_and_comes_back(panel, course):
    (course / "exercises" / f"{NAME}.py").unlink()
    until(lambda: "is not there" in panel.report["trouble"])
    save(course, solution(course))
    until(lambda: panel.report["points"] == WORTH)


def test_two_panels_share_one_watcher(panel):
    other = CheckPanel("renew_id")

    assert other.watcher is panel.watcher and other.report == panel.report
    other.close()


def test_the_runner_says_what_the_command_line_says(course):
    command = [sys.executable, "-m", "labsrv.cli", "check", NAME, "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, cwd=course).stdout)
    (ours,), _ = run_checks(NAME)

    assert outcomes(ours.as_json()["checks"]) == outcomes(theirs["checks"])
    assert [each.promise for each in ours.checks] == [row["promise"] for row in theirs["checks"]]


def test_a_moved_clock_here_is_none_there(course):
    clock = Clock()
    try:
        clock.advance(days=400)
        run_checks(NAME)
    finally:
        clock.reset()

    at = json.loads((course / ".authlab" / "progress.json").read_text())[NAME]["at"]
    assert at[:4] == str(clock.now().year)


@needs_fork
def test_a_runner_leaves_no_process_behind(course):
    run_checks(NAME)
    zygote = shared_zygote()

    until(lambda: not psutil.Process(zygote.process.pid).children(recursive=True))


@needs_fork
def test_a_runner_that_is_let_go_records_nothing(course):
    runner = Runner(shared_zygote(), order_for(NAME))
    process = psutil.Process(runner.pid)
    runner.close()

    until(lambda: not process.is_running())
    assert not (course / ".authlab" / "progress.json").exists()


@needs_fork
def test_a_dead_zygote_is_replaced(course):
    end_zygote()
    (report,), _ = run_checks(NAME)

    assert report.out_of == WORTH and not report.broken


@needs_fork
def test_the_zygote_outlives_the_thread_that_first_asked_for_it(course):
    """The system ends a process with the thread that forked it."""
    end_zygote()
    thread = threading.Thread(target=start_zygote)
    thread.start()
    thread.join()
    run_checks(NAME)

    assert shared_zygote().process.poll() is None


@needs_fork
def test_neither_runner_nor_submission_knows_the_secure_decisions_beforehand():
    """What the zygote has imported, every submission's process has as well."""
    code = (
        "import sys, threading\n"
        "from labsrv.grading.programs import zygote\n"
        "from labsrv.grading.submission import serve\n"
        "zygote.warm_up(zygote.WARM_UP['runner'], [])\n"
        "print([name for name in sys.modules if '.secure' in name or '.flaws' in name], threading.active_count())"
    )
    said = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True).stdout

    assert said.strip() == "[] 1"
