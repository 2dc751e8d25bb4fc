"""The learner's code in a running lab: plugged in, replaced, taken out, and each time nothing stays behind."""

import time

import psutil
import pytest

from labsrv.grading.checks import live_lab
from labsrv.grading.course.exercises import find, root
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.submission.loading import Problem
from labsrv.grading.system.processes import CAN_FORK
from labsrv.labs import flaws_of, start
from labsrv.labs.sessions import attacks

NAME = "02_sessions/renew_id"
RAISES = "def begin_session(*_):\n    return 1 / 0\ndef raise_privilege(sessions, session):\n    return session\n"


@pytest.fixture
def lab():
    lab = start("sessions", begin_session=flaws_of("sessions")["keep_the_planted_id"])
    yield lab
    lab.stop()


@pytest.fixture
def mine(tmp_path, monkeypatch):
    """Let the learner's file be one of our own."""
    (exercise,) = find(NAME)
    file = tmp_path / "renew_id.py"
    file.write_text((root() / "exercises" / f"{NAME}.py").read_text(encoding="utf-8"), encoding="utf-8")
    stub = type(exercise).stub
    theirs = property(lambda self: file if self == exercise else stub.__get__(self))
    monkeypatch.setattr(type(exercise), "stub", theirs)
    return file


def fork_servers():
    """Return the processes that the zygote has forked: a server for each run, with everything below it."""
    return psutil.Process(shared_zygote().process.pid).children()


def test_mine_then_the_solution_then_secure(lab, mine):
    live_lab.run_mine(lab, NAME)
    assert attacks.planted_id(lab).succeeded
    live_lab.run_mine(lab, NAME, solution=True)
    assert not attacks.planted_id(lab).succeeded
    live_lab.run_secure(lab)
    assert not attacks.planted_id(lab).succeeded


@pytest.mark.skipif(not CAN_FORK, reason="the processes of a fork server are looked for")
def test_running_it_anew_ends_what_ran_before(lab, mine):
    others = len(fork_servers())
    for _ in range(4):
        live_lab.run_mine(lab, NAME)
    assert down_to(others + 1)
    everything = fork_servers()[-1].children(recursive=True)
    assert len(everything) >= 2, "exercise server and submission"

    live_lab.run_secure(lab)
    assert down_to(others)
    assert not psutil.wait_procs(everything, timeout=10)[1]


def down_to(number):
    """Wait until so many fork servers are left: the system takes its time to bury them."""
    end = time.monotonic() + 10
    while len(fork_servers()) > number and time.monotonic() < end:
        time.sleep(0.02)
    return len(fork_servers()) == number


def test_a_broken_file_leaves_what_ran_before(lab, mine):
    live_lab.run_mine(lab, NAME)
    mine.write_text("def begin_session(:\n")
    with pytest.raises(Problem, match="line 1: invalid syntax"):
        live_lab.run_mine(lab, NAME)

    assert attacks.planted_id(lab).succeeded


def test_what_the_code_raises_is_told_in_a_sentence(lab, mine):
    mine.write_text(RAISES)
    said = []
    live_lab.run_mine(lab, NAME, told=said.append)
    lab.alice.submit(lab.shop.login, name="alice", password=lab.alice.person.password)

    assert said == ["renew_id.py, line 2: `begin_session` raised ZeroDivisionError: division by zero"]


def test_two_labs_do_not_end_each_others_code(lab, mine):
    other = start("start_here")
    try:
        live_lab.run_mine(lab, NAME)
        live_lab.run_mine(other, "00_start_here/00_template")
        other.stop()
        assert lab.alice.navigate(lab.shop.url).status == 200
    finally:
        other.stop()
