"""Whatever becomes of the grader, its workers, its disk or some submissions, the rest of the class is graded.

The first test is the benchmark that kills the grader twenty times, with a small class and few kills.
"""

import os
import re
import subprocess
import sys

import psutil
import pytest

from labsrv.grading.classroom.gradebook import Gradebook
from labsrv.grading.course.exercises import root
from tests.grading.classroom.class_room import TICKETS, command, grade, hand_in, points, results, small_class
from tests.grading.classroom.test_command import graded_so_far, wait_for

ONLY = ("--only", TICKETS.name)
# name: the first lines of a submission that does what it can against the grader, and earns nothing
HOSTILE = {
    "ends itself": "import os\nos._exit(0)",
    "ends its parent": "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\nos.kill(os.getpid(), signal.SIGKILL)",
    "ends all it can see": "import os, signal\nos.kill(-1, signal.SIGKILL)",
    "never ends": "while True: pass",
    "prints without an end": "while True: print('x' * 100_000)",
    "is no text": "\x00",
}


@pytest.mark.skipif(sys.platform == "win32", reason="the benchmark kills as POSIX does")
def test_killed_and_resumed_it_comes_to_the_same(record_figure):
    script = root() / "benchmarks" / "kill_and_resume.py"
    surroundings = {**os.environ, "AUTHLAB_KILLS": "3", "AUTHLAB_CLASS": "8"}
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, env=surroundings, cwd=root())

    assert done.returncode == 0, done.stderr
    assert re.search(r"left running +0 processes", done.stdout), done.stdout
    assert re.search(r"gradebook and grades +equal", done.stdout), done.stdout
    record_figure("a grader killed, results at each kill", re.search(r"at each kill +(.*)", done.stdout)[1])


def test_a_worker_that_is_killed_is_replaced(tmp_path):
    submissions, out = small_class(tmp_path / "in", 8), tmp_path / "out"
    process = subprocess.Popen(command(submissions, out, "--jobs", "1", *ONLY), stdout=subprocess.DEVNULL, cwd=root())
    wait_for(lambda: len(graded_so_far(out)) >= 2)
    (worker,) = [each for each in psutil.Process(process.pid).children() if "worker" in " ".join(each.cmdline())]
    worker.kill()

    assert process.wait(120) == 0
    assert {row[0] for row in results(out).values()} == {"graded"} and len(results(out)) == 8


@pytest.mark.skipif(sys.platform == "win32", reason="there is no limit on a file's size")
def test_a_full_disk_stops_it_and_the_next_run_goes_on(tmp_path):
    import resource

    submissions, out = small_class(tmp_path / "in", 12), tmp_path / "out"
    Gradebook(out).close()
    room = (out / "gradebook.sqlite").stat().st_size + (12 << 10)
    full = subprocess.run(
        command(submissions, out, "--jobs", "1", *ONLY),
        capture_output=True,
        text=True,
        cwd=root(),
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (room, room)),
    )
    kept = results(out)

    assert full.returncode == 2 and "It goes on where this run stopped." in full.stderr
    assert 0 < len(kept) < 12
    assert grade(submissions, out, *ONLY).returncode == 0
    now = results(out)
    assert len(now) == 12 and kept.items() <= now.items()


def test_hostile_submissions_earn_nothing_and_change_nobody_elses_grade(tmp_path):
    for name, lines in HOSTILE.items():
        file = TICKETS.in_submission(tmp_path / "in" / name)
        file.parent.mkdir(parents=True)
        file.write_text(lines + "\n" + TICKETS.stub.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("alice", "zoe"):
        hand_in(tmp_path / "in", name, TICKETS.solution)
    done = grade(tmp_path / "in", tmp_path / "out", *ONLY)
    earned = points(tmp_path / "out")

    assert done.returncode == 0, done.stderr
    assert {name: earned[name] for name in HOSTILE} == dict.fromkeys(HOSTILE, 0)
    assert earned["alice"] == earned["zoe"] == 5
