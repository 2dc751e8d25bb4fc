"""Workshops that are lost, and those that make room for others.

Where no layer of the sandbox keeps a submission from killing what it was forked from, the next one is graded all the
same.
"""

import contextlib
import textwrap

import pytest

from labsrv.grading.classroom.jobs import Job
from labsrv.grading.classroom.worker_client import JOB_SECONDS, Worker
from labsrv.grading.course.exercises import find
from labsrv.grading.forks import fork_server as fork_servers
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.sandbox import LAYERS, WITHOUT
from labsrv.grading.system.processes import CAN_FORK, children
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.lessons.lab import Lab

pytestmark = pytest.mark.skipif(not CAN_FORK, reason="there is no exercise server where nothing can be forked")

(TICKETS,) = find("00_template")
OTHERS = find("02_sessions")
KILLS = {
    "its server": "os.kill(os.getppid(), 9)",
    "the fork server, too": "[os.kill(each, 9) for each in (parent_of(os.getppid()), os.getppid())]",
    "at its last check": "SHOWN.append(number) or (len(SHOWN) > 1 and os.kill(os.getppid(), 9))",
}
TEXT = """
    import os
    SHOWN = []
    def parent_of(pid):
        return int(open(f"/proc/{pid}/stat").read().rpartition(")")[2].split()[1])
    def may_enter(tickets, number):
        KILL
        return True
    """


@contextlib.contextmanager
def stopping(lab):
    yield lab
    lab.stop()


@pytest.fixture
def fork_server():
    fork_server = shared_zygote().fork_server()
    yield fork_server
    fork_server.close()


def test_no_more_exercise_servers_are_open_than_there_is_room_for(fork_server, monkeypatch):
    monkeypatch.setattr(fork_servers, "MOST_SERVERS", 3)
    for each in OTHERS:
        fork_server.prepare(each.technique, each.decisions())
        assert len(fork_server.servers) <= 3

    assert len(children(fork_server.pid)) <= 3
    with stopping(Lab("sessions", place=FirstNumber(), hash_cost="low", listens=False)) as lab:
        for each in OTHERS[:4]:
            fork_server.open(each.technique, each.solution, each.decisions()).fork(lab).end()


@pytest.mark.parametrize("kill", KILLS.values(), ids=KILLS)
def test_the_next_one_is_graded_all_the_same(kill, monkeypatch):
    monkeypatch.setenv(WITHOUT, " ".join(LAYERS))
    honest, hostile = TICKETS.solution.read_bytes(), textwrap.dedent(TEXT).replace("KILL", kill).encode()
    with contextlib.closing(Worker([TICKETS.name], None)) as worker:

        def points(source):
            worker.send(Job("", TICKETS, None, "0", ""), source)
            return worker.receive(JOB_SECONDS)["report"]["points"]

        full = points(honest)
        assert full > 0
        for _ in range(2):
            assert points(hostile) < full
            assert points(honest) == full


def test_one_that_is_ended_where_others_could_have_done_it_is_graded_once_more(tmp_path, monkeypatch):
    """An earlier submission's blow lands as late as the machine is slow: after the next one has begun."""
    monkeypatch.setenv(WITHOUT, " ".join(LAYERS))
    mark = tmp_path / "was here"
    struck = f"""
    import os
    if not os.path.exists({str(mark)!r}):
        open({str(mark)!r}, "w").close()
        os.kill(os.getpid(), 9)
    """
    honest = TICKETS.solution.read_bytes()
    with contextlib.closing(Worker([TICKETS.name], None)) as worker:

        def points(source):
            worker.send(Job("", TICKETS, None, "0", ""), source)
            return worker.receive(JOB_SECONDS)["report"]["points"]

        assert points(honest + textwrap.dedent(struck).encode()) == points(honest)
        assert mark.exists()
        assert points(honest + b"\nimport os\nos.kill(os.getpid(), 9)\n") == 0
