"""A worker: a trusted process in which pytest has read the checks once, and runs them on one submission after another.

    grader ──{"exercise", "source", "seed"}──▶ worker ──▶ fork server ──▶ exercise server ──▶ a process, per check
           ◀──{"report", "layers"}────────────

Messages are lines of JSON over standard input and output. Fixtures, store, clock and process are fresh for every
check, as they are in `authlab check`; what is saved is the start of pytest and the imports. Each exercise has its
server, which reads no submission; whatever one has left running is swept up before the next one comes. The worker ends
when the grader does.
"""

import base64
import contextlib
import gc
import json
import os
import queue
import sys
import threading
from pathlib import Path
from typing import Any

from labsrv.grading.forks.start import start_zygote

if __name__ == "__main__":
    start_zygote()  # it imports what it needs while we do

import pytest

from labsrv.grading.checks import neighbours
from labsrv.grading.checks.order import mixed
from labsrv.grading.checks.run import QUIET, from_here
from labsrv.grading.checks.scoring import GRADING, Grading, is_check, name_of
from labsrv.grading.classroom.cache_key import checks_of
from labsrv.grading.classroom.jobs import JobAnswer, JobOrder
from labsrv.grading.course.exercises import Exercise, find, root
from labsrv.grading.course.promises import promise_of
from labsrv.grading.course.report import Report
from labsrv.grading.forks import shared
from labsrv.grading.forks.exercise_client import CodeUnderTest
from labsrv.grading.forks.fork_server import ForkServer
from labsrv.grading.system.processes import CAN_FORK

SELDOM = 50_000  # new objects until the garbage collector looks: each check makes thousands, and lets go of them


class Grader:
    """The pytest plugin whose run loop goes over submissions."""

    def __init__(self, orders: "queue.SimpleQueue[JobOrder]", answer: Any):
        self.orders = orders
        self.answer = answer
        self.unreadable: dict[Exercise, str] = {}
        self.items: dict[Exercise, list[pytest.Function]] = {}

    def pytest_configure(self, config: pytest.Config) -> None:
        """Get hold of what counts the points."""
        self.grading: Grading = config.stash[GRADING]
        config.option.tbstyle = "native"  # the others read the sources of all modules; no report shows any

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        """Note checks that can't be imported."""
        if report.failed:
            path = (root() / report.nodeid.split("::")[0]).resolve()
            self.unreadable[Exercise.of(path)] = f"{path.name}: {report.longreprtext.strip().splitlines()[-1]}"

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Say what there is, then grade what is sent until nobody sends any more."""
        for item in session.items:
            if is_check(item) and isinstance(item, pytest.Function):
                self.items.setdefault(Exercise.of(item.path), []).append(item)
        for items in self.items.values():
            # Hidden honest use too comes before whatever carries points.
            items.sort(key=lambda item: promise_of(item.function).points > 0)
        self.warm_up()

        worth_of = {each.name: worth(items) for each, items in self.items.items()}
        self.answer({"worth": worth_of, "unreadable": {each.name: said for each, said in self.unreadable.items()}})
        while True:
            self.answer(self.grade(self.orders.get()))

    def warm_up(self) -> None:
        """Do what need not be done for each submission anew."""
        techniques = sorted({each.technique for each in self.items})
        for technique in techniques:
            neighbours.prepare(technique)
        if CAN_FORK:
            shared.shared_zygote().warm_up(techniques)
        gc.collect()
        gc.freeze()
        gc.set_threshold(SELDOM)

    def grade(self, order: JobOrder) -> JobAnswer:
        """Return what a submission came to."""
        exercise = Exercise(*order["exercise"].split("/"))
        if exercise in self.unreadable or exercise not in self.items:
            return {"broken": f"The checks can't be run: {self.unreadable.get(exercise, 'there are none')}"}

        result, code = self.run_checks(order, exercise)
        if code.cut_off:
            # It may have been an earlier submission's doing, who can't reach what is forked from now on.
            self.grading.fork_server.close()  # type: ignore[union-attr]
            self.grading.fork_server = None
            result, code = self.run_checks(order, exercise)
        return {"report": result.as_json(), "layers": code.layers or []}

    def run_checks(self, order: JobOrder, exercise: Exercise) -> tuple[Report, CodeUnderTest]:
        """Return what a submission came to at this exercise, and its code, which tells how its processes ended."""
        # The file has the exercise's name here: its place on this machine would say whose it is.
        server = self.living_server()
        path, source = Path(f"{exercise.stem}.py"), base64.b64decode(order["source"])
        code = server.open(exercise.technique, path, exercise.decisions(), source=source, closed=exercise.closed())
        self.grading.seed = str(order["seed"])
        self.grading.results.clear()
        self.grading.codes = {exercise: code}
        # What it leaves running is swept up before the next submission comes, also when a check has raised.
        try:
            only = order["only"]
            wanted = [each for each in self.items[exercise] if not only or name_of(each) in only]
            if order["to_first_failure"]:
                self.run_to_first_failure(wanted, exercise)
            else:
                self.run(mixed(wanted, order["seed"]))
            (report,) = self.grading.reports()
        finally:
            server.settle()
        return report, code

    def living_server(self) -> ForkServer:
        """Return the server to fork from; a new one if a submission has killed the last."""
        if self.grading.fork_server is None or not self.grading.fork_server.alive():
            self.grading.fork_server = shared.new_fork_server()
        return self.grading.fork_server

    def run(self, items: list[pytest.Function]) -> None:
        """Run an exercise's checks."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def run_to_first_failure(self, items: list[pytest.Function], exercise: Exercise) -> None:
        """Run an exercise's checks in their own order until one is not passed."""
        for item in items:
            self.run([item])
            if self.grading.results[exercise][name_of(item)].outcome != "passed":
                return


def worth(items: list[pytest.Function]) -> int:
    """Return the points to be had; the rows of a check are one promise."""
    return sum({name_of(item): promise_of(item.function).points for item in items}.values())


def main(names: list[str], hidden: str) -> None:
    """Grade what comes in over standard input; `names` are exercises, `hidden` a folder of more checks or ""."""
    reading, answer = channel()
    orders: queue.SimpleQueue[JobOrder] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(reading, orders), daemon=True).start()

    more = Path(hidden).resolve() if hidden else None
    wanted = [each for name in names for each in find(name)]
    options = ["--rootdir", str(root()), "-c", str(root() / "pyproject.toml"), *QUIET, "-s"]
    options += ["--submission", os.devnull, "--seed", "0", *(["--hidden-checks", str(more)] if more else [])]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    os.chdir(root())
    files = from_here(path for each in wanted for path in checks_of(each, more))
    grader = Grader(orders, answer)
    pytest.main([*options, "-p", "labsrv.grading.checks.plugin", *files], plugins=[grader])


def channel() -> tuple[Any, Any]:
    """Return where orders come from and a function that answers; whatever else is printed goes to standard error."""
    reading, writing = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    silence = os.open(os.devnull, os.O_RDONLY)
    os.dup2(silence, 0)
    os.close(silence)
    os.dup2(2, 1)

    def answer(message: dict[str, Any]) -> None:
        writing.write(json.dumps(message).encode() + b"\n")
        writing.flush()

    return reading, answer


def listen(reading: Any, orders: "queue.SimpleQueue[JobOrder]") -> None:
    """Pass orders on; when the grader is gone, end everything at once, in the middle of a check too."""
    for line in reading:
        orders.put(json.loads(line))
    if shared.zygote:
        with contextlib.suppress(OSError):
            shared.zygote.close()
    os._exit(0)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2])
