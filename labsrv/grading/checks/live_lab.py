"""Let a running lab's shop use the learner's own decisions, in a process of their own, or the secure ones again."""

import contextlib
import sys
import weakref
from collections.abc import Callable
from typing import Any

from labsrv import labs
from labsrv.grading.course.exercises import find_one
from labsrv.grading.forks.shared import shared_zygote
from labsrv.grading.submission.process import SubmissionProcess
from labsrv.kit.lessons.lab import Lab

# What ends the process that answers for a lab's shop now, by lab.
ENDS: "weakref.WeakKeyDictionary[Lab, Callable[[], None]]" = weakref.WeakKeyDictionary()


def complain(said: str) -> None:
    """Print what the learner's code raised, where the notebook shows it."""
    print(f"Your code: {said}", file=sys.stderr, flush=True)


def run_mine(lab: Lab, name: str, *, solution: bool = False, told: Callable[[str], None] = complain) -> None:
    """Let a running lab's shop use the learner's own decisions, in a process of their own; the next `start` ends that.

    `told` is called with what the code raises while it runs. Raises `Problem` with what is wrong with the file; what
    ran before goes on running then.
    """
    exercise = find_one(name)
    if exercise.technique != lab.name:
        raise LookupError(f"{exercise.name} belongs to another lab: start({exercise.technique!r}).")

    path = exercise.solution if solution else exercise.stub
    with contextlib.ExitStack() as ends:
        fork_server = shared_zygote().fork_server()
        ends.callback(fork_server.close)
        closed = exercise.closed()
        code = fork_server.open(exercise.technique, path, exercise.decisions(), closed=closed, endless=True)
        process = code.fork(lab)
        ends.callback(process.end)
        run_others_secure(lab, process.party)
        lab.add_site(process.party, Live(process, told), lab.sites[process.party].routes)
        replace(lab, ends.pop_all().close)


def run_secure(lab: Lab) -> None:
    """Let a running lab's sites use the secure decisions, over the same store."""
    run_others_secure(lab)
    replace(lab, lambda: None)


def run_others_secure(lab: Lab, but: str = "") -> None:
    """Let all parties but one use the secure decisions."""
    for party in labs.parties(lab.name):
        if party != but:
            lab.add_site(party, labs.complete(lab.name, {}, party)(lab))


def replace(lab: Lab, end: Callable[[], None]) -> None:
    """End what answered for the shop before, and note how to end what does now."""
    if lab not in ENDS:
        lab.at_stop.append(lambda: ENDS.pop(lab, lambda: None)())
    before = ENDS.get(lab)
    ENDS[lab] = end
    if before:
        before()


class Live:
    """A submission's process that answers for the shop in a running lab; the learner reads what their code raised."""

    def __init__(self, process: SubmissionProcess, told: Callable[[str], None]):
        self.process = process
        self.told = told

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Any:
        answer = self.process.app(environ, start_response)
        complaint = self.process.complaint()
        if complaint:
            self.told(complaint)
            self.process.raised.clear()
        return answer
