"""Failure -> sentence -> way out: each is said in words, and the next run recovers.

Each row breaks a course in its own way, runs lab.py, names what must be said, mends what a person would mend, and lets
the next run show that all is well again.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

UNIX_ONLY = pytest.mark.skipif(os.name == "nt", reason="the failure is played with Unix's means")
NOWHERE = {"PIP_NO_INDEX": "0", "PIP_RETRIES": "1", "PIP_INDEX_URL": "http://127.0.0.1:9/simple", "PIP_FIND_LINKS": ""}
NO_ROOM = "print('Installing collected packages: tea', flush=True); raise OSError(28, 'No space left on device')"
SLOW = "print('Installing collected packages: tea', flush=True); import time; time.sleep(60)"
REFUSING = """#!/bin/sh
echo "The virtual environment was not created successfully because ensurepip is not available."
exit 1
"""


@dataclass
class Failure:
    """One way to fail: how it comes about, what is said, and how it goes away."""

    says: str
    way_out: str
    breaks: Callable = lambda course: None
    mends: Callable = lambda course: None
    before: Callable = lambda course: ""
    environment: dict = field(default_factory=dict)
    venv_stays: bool = True


def refuse_venv(course) -> str:
    """Play a Debian without python3-venv: the Python that lab.py runs makes no environments."""
    fake = course.home / "python3"
    fake.write_text(REFUSING)
    fake.chmod(0o755)
    return f"sys.executable = {str(fake)!r}"


def remove_venv(course) -> None:
    shutil.rmtree(course.venv)


def want_new_tea(course) -> None:
    course.lock("course", jupyterlab="1.0", tea="2.0")


def fill_the_disk(course) -> None:
    want_new_tea(course)
    course.pip_that(NO_ROOM)


def swap_the_wheel(course) -> None:
    want_new_tea(course)
    wheel = course.packages / "tea-2.0-py3-none-any.whl"
    wheel.write_bytes(wheel.read_bytes() + b"#")


FAILURES = {
    "too old a Python": Failure(
        says="The course needs Python 3.11 or newer; this is Python 3.10.13",
        way_out="Install a newer one",
        before=lambda course: "sys.version_info = (3, 10, 13, 'final', 0)",
    ),
    "no venv module": Failure(
        says="This Python cannot make virtual environments",
        way_out="sudo apt install python3-venv",
        breaks=remove_venv,
        before=refuse_venv,
        venv_stays=False,
    ),
    "no network": Failure(
        says="The packages could not be fetched",
        way_out="Go online, or set PIP_INDEX_URL",
        breaks=remove_venv,
        environment=NOWHERE,
        venv_stays=False,
    ),
    "no network for an update": Failure(
        says="The packages could not be fetched",
        way_out="Go online",
        breaks=want_new_tea,
        environment=NOWHERE,
    ),
    "a full disk": Failure(
        says="The disk is full.",
        way_out="Free about 1 GB",
        breaks=fill_the_disk,
        venv_stays=False,
    ),
    "a wrong hash": Failure(
        says="its sha256 differs from the lock's",
        way_out="Run this again with PIP_NO_CACHE_DIR=1",
        breaks=swap_the_wheel,
        mends=want_new_tea,
    ),
}


@UNIX_ONLY
@pytest.mark.parametrize("failure", FAILURES.values(), ids=FAILURES)
def test_a_failure_is_said_and_the_next_run_recovers(ready, failure):
    failure.breaks(ready)

    failed = ready.run("--no-browser", before=failure.before(ready), **failure.environment)

    assert failed.returncode == 1
    assert failure.says in failed.stderr
    assert failure.way_out in failed.stderr.split("Way out: ")[1]
    assert "Traceback" not in failed.stderr
    assert ready.venv.exists() == failure.venv_stays

    failure.mends(ready)
    assert_recovers(ready)


def assert_recovers(course) -> None:
    again, once_more = course.run("--no-browser"), course.run("--no-browser")

    assert again.returncode == 0, again.stderr
    assert "Setting up" not in once_more.stderr, "The run after the recovery still had something to install."
    wanted = [line for line in (course.folder / "requirements.lock").read_text().splitlines() if line.startswith("tea")]
    assert wanted == [f"tea=={course.version_of('tea')} \\"]


def test_a_garbled_stamp_is_no_stamp(ready):
    (ready.venv / ".authlab-course.json").write_text('{"lock": ')

    assert_recovers(ready)


STOPS = {"Ctrl-C half-way": signal.SIGINT, "killed half-way": signal.SIGKILL}


@UNIX_ONLY
@pytest.mark.parametrize("stop", STOPS.values(), ids=STOPS)
def test_what_was_stopped_half_way_is_made_anew(ready, stop):
    want_new_tea(ready)
    ready.pip_that(SLOW)

    with ready.start("--no-browser") as lab:
        while "Installing" not in lab.stderr.readline():
            pass
        os.killpg(lab.pid, stop)
        _, errors = lab.communicate(timeout=20)

    if stop == signal.SIGINT:
        assert lab.returncode == 1
        assert errors.endswith("Stopped half-way.\n  Way out: Nothing is lost: run this again to go on.\n")
    assert "half-made" in ready.run("--no-browser").stderr
    assert_recovers(ready)


def test_jupyterlabs_port_taken(ready):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        failed = ready.run("--no-browser", "--port", port)

    assert failed.returncode == 1
    assert f"Port {port} is taken, or may not be used.\n  Way out: Choose another one" in failed.stderr
    assert ready.run("--no-browser", "--port", port).returncode == 0


@pytest.mark.parametrize("port", ["70000", "-1"])
def test_a_port_that_cannot_be(ready, port):
    failed = ready.run(f"--port={port}")

    assert failed.returncode == 1
    assert f"Port {port} is taken, or may not be used." in failed.stderr


def without_roots_power() -> None:
    """Drop CAP_DAC_OVERRIDE (1), so that a folder can be read-only for root as well."""
    ctypes.CDLL(None).prctl(24, 1, 0, 0, 0)


@pytest.mark.skipif(sys.platform != "linux", reason="root's powers are dropped with Linux's prctl")
def test_a_read_only_folder(course):
    course.folder.chmod(0o555)
    try:
        failed = subprocess.run(
            course.command("--no-browser"),
            env=course.environment(),
            preexec_fn=without_roots_power,
            capture_output=True,
            text=True,
        )
    finally:
        course.folder.chmod(0o755)

    assert failed.returncode == 1
    assert (
        "The course's folder cannot be written to.\n  Way out: Copy the folder to a place of your own" in failed.stderr
    )
    assert_recovers(course)


IN_A_SMALL_ROOM = """
mount -t tmpfs -o size=6m room "$ROOM" || exit 77
cp -r "$COURSE/." "$ROOM"
python="$1"
cd "$ROOM"
"$python" lab.py --no-browser; echo "first $?"
test -e .venv && echo "left behind"
mount -o remount,size=200m "$ROOM"
"$python" lab.py --no-browser; echo "second $?"
"""


@pytest.mark.skipif(not shutil.which("unshare"), reason="needs Linux's unshare to mount a small disk")
def test_a_disk_that_is_really_full(course, tmp_path):
    room = tmp_path / "room"
    room.mkdir()
    places = {"ROOM": str(room), "COURSE": str(course.folder)}
    done = subprocess.run(
        ["unshare", "--mount", "--map-root-user", "sh", "-c", IN_A_SMALL_ROOM, "sh", sys.executable],
        env=course.environment(**places),
        capture_output=True,
        text=True,
    )
    if done.returncode == 77 or "unshare:" in done.stderr:
        pytest.skip("this machine lets nobody mount a small disk")

    assert "The disk is full.\n  Way out: Free about 1 GB" in done.stderr
    assert "first 1" in done.stdout
    assert "left behind" not in done.stdout
    assert "second 0" in done.stdout


@UNIX_ONLY
def test_a_second_start_during_the_first_waits_its_turn(ready):
    want_new_tea(ready)
    ready.pip_that(SLOW)

    with ready.start("--no-browser") as first:
        while "Fetching" not in first.stderr.readline():
            pass
        second = ready.run("--no-browser")
        os.killpg(first.pid, signal.SIGKILL)
        first.communicate()

    assert second.returncode == 1
    assert "Another lab.py is setting up this course.\n  Way out: Wait until it is done" in second.stderr
