"""A worker: a trusted process in which pytest has read the checks once, and runs them on one submission after another.

    grader ──{"exercise", "source", "seed"}──▶ worker ──▶ zygote ──▶ branch ──▶ workshop ──▶ host, per check
           ◀──{"report", "layers"}────────────

Messages are lines of JSON over standard input and output. Fixtures, store, clock and host are fresh for every check, as
they are in `authlab check`; what is saved is the start of pytest and the imports. Each submission has a branch of the
zygote of its own, so nothing of one is left when the next one comes, and the next one can be imported while the last
checks of this one run. The worker ends when the grader does.
"""

import base64
import contextlib
import gc
import itertools
import json
import os
import queue
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from labsrv.grading import checking, fixtures, zygotes
from labsrv.grading.classroom.editions import checks_of
from labsrv.grading.course import Exercise, find, root
from labsrv.grading.plugin import GRADING, Grading, is_check, name_of
from labsrv.grading.processes import CAN_FORK
from labsrv.grading.promises import promise_of


class Opened:
    """A submission that has been imported in its sandbox, and waits for its checks."""

    def __init__(self, order: dict[str, Any], folder: Path):
        (self.exercise,) = find(order["exercise"])
        self.seed = str(order["seed"])
        self.path = folder / f"{self.exercise.stem}.py"
        folder.mkdir()
        self.path.write_bytes(base64.b64decode(order["source"]))
        self.branch = zygotes.new_branch()
        try:
            self.workshop = self.branch.open(self.exercise.technique, self.path, self.exercise.decisions())
        except BaseException:
            self.close()
            raise

    def close(self) -> None:
        """End all that the submission started."""
        with contextlib.suppress(AttributeError):  # it was never opened
            self.workshop.close()
        self.branch.close()
        shutil.rmtree(self.path.parent, ignore_errors=True)


class Grader:
    """The pytest plugin whose run loop goes over submissions."""

    def __init__(self, orders: "queue.SimpleQueue[dict[str, Any]]", answer: Any, scratch: Path):
        self.orders = orders
        self.answer = answer
        self.folders = (scratch / str(number) for number in itertools.count())
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
        with ThreadPoolExecutor(1) as ahead, ThreadPoolExecutor(1) as self.sweeping:
            following = ahead.submit(self.open_next)
            while True:
                opened = following.result()
                following = ahead.submit(self.open_next)
                self.answer(self.checked(opened))

    def warm_up(self) -> None:
        """Do what need not be done for each submission anew."""
        for technique in {each.technique for each in self.items}:
            fixtures.routes(technique)
            fixtures.neighbour_routes(technique)
        if CAN_FORK:
            zygotes.shared_zygote().warm_up()
        gc.collect()
        gc.freeze()

    def open_next(self) -> Opened | str:
        """Return the next submission, imported while another one is being checked, or why its checks can't be run."""
        order = self.orders.get()
        (exercise,) = find(order["exercise"])
        if exercise in self.unreadable or exercise not in self.items:
            return f"The checks can't be run: {self.unreadable.get(exercise, 'there are none')}"

        return Opened(order, next(self.folders))

    def checked(self, opened: Opened | str) -> dict[str, Any]:
        """Return what a submission came to."""
        if isinstance(opened, str):
            return {"broken": opened}

        self.grading.submission, self.grading.seed, self.grading.branch = opened.path, opened.seed, opened.branch
        self.grading.results.clear()
        self.grading.workshops = {opened.exercise: opened.workshop}
        try:
            self.run(self.items[opened.exercise])
            (report,) = self.grading.reports()
        finally:
            self.sweeping.submit(opened.close)

        # Where the submission lay is nobody's business, and no two runs' reports differ by it.
        place = json.dumps(f"{opened.path.parent}{os.sep}")[1:-1]
        text = json.dumps(report.as_json()).replace(place, "")
        return {"report": json.loads(text), "layers": opened.workshop.layers}

    def run(self, items: list[pytest.Function]) -> None:
        """Run an exercise's checks."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)


def worth(items: list[pytest.Function]) -> int:
    """Return the points to be had; the rows of a check are one promise."""
    return sum({name_of(item): promise_of(item.function).points for item in items}.values())


def main(names: list[str], hidden: str, scratch: Path) -> None:
    """Grade what comes in over standard input; `names` are exercises, `hidden` a folder of more checks or ""."""
    reading, answer = channel()
    orders: queue.SimpleQueue[dict[str, Any]] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(reading, orders, scratch), daemon=True).start()

    more = Path(hidden) if hidden else None
    wanted = [each for name in names for each in find(name)]
    options = ["--rootdir", str(root()), "-c", str(root() / "pyproject.toml"), *checking.QUIET, "-s"]
    options += ["--submission", str(scratch), "--seed", "0", *(["--hidden-checks", hidden] if hidden else [])]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    zygotes.prepare()  # it starts up while pytest collects
    files = [str(path) for each in wanted for path in checks_of(each, more)]
    grader = Grader(orders, answer, scratch)
    pytest.main([*options, "-p", "labsrv.grading.plugin", *files], plugins=[grader])


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


def listen(reading: Any, orders: "queue.SimpleQueue[dict[str, Any]]", scratch: Path) -> None:
    """Pass orders on; when the grader is gone, end everything at once, in the middle of a check too."""
    for line in reading:
        orders.put(json.loads(line))
    if zygotes.zygote:
        with contextlib.suppress(OSError):
            zygotes.zygote.close()
    for _ in range(5):  # the next submission may be on its way into it
        shutil.rmtree(scratch, ignore_errors=True)
        if not scratch.exists():
            break
    os._exit(0)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
