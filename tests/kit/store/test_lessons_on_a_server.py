"""Every lesson's solutions, and the races of two lessons, with their store on a server of others."""

import contextlib
import os
import subprocess
import sys
from pathlib import Path

import pytest

from labsrv.grading.classroom.jobs import Job
from labsrv.grading.classroom.worker_client import JOB_SECONDS, Worker
from labsrv.grading.course.exercises import exercises
from labsrv.grading.proving import answers
from labsrv.grading.proving.races import racing
from labsrv.kit.store import URI

ROOT = Path(__file__).parents[3]

# A server is several times slower than memory: otherwise those lessons whose store decides who wins.
ALL = os.environ.get("AUTHLAB_STORES") == "all"
LESSONS = [
    name
    for name in sorted({each.lesson for each in exercises()})
    if ALL or name in ("04_passwordless", "06_two_factor")
]
RACING = [each for each in exercises() if each.lesson in ("04_passwordless", "06_two_factor") and racing(each)]


@pytest.mark.slow("all exercises")
@pytest.mark.parametrize("lesson", LESSONS)
def test_solutions_keep_their_promises(server, lesson, tmp_path):
    command = [sys.executable, "-m", "pytest", f"exercises/{lesson}", "--submission", "solutions", "-q", "-n0"]
    asked = subprocess.run(
        [*command, "-p", "no:cacheprovider"], cwd=ROOT, env={**os.environ, URI: server}, capture_output=True, text=True
    )

    assert asked.returncode == 0, asked.stdout[-6_000:]


@pytest.mark.slow("races")
@pytest.mark.parametrize("exercise", RACING, ids=[each.name for each in RACING])
def test_who_loses_a_race_loses_it_on_a_server_too(server, exercise, monkeypatch):
    monkeypatch.setenv(URI, server)
    missed = [each for each in answers.near_misses(exercise) if each.caught_by in racing(exercise)]
    needed = tuple(exercise.needed_for(racing(exercise)))

    with contextlib.closing(Worker([exercise.name], None)) as worker:
        for answer in missed:
            worker.send(Job("", exercise, None, "0", "", needed), answer.source.encode())
            report = worker.receive(JOB_SECONDS)["report"]

            outcomes = {each["name"]: each["outcome"] for each in report["checks"]}
            assert outcomes[answer.caught_by] == "failed", answer.name
