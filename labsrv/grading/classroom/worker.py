"""A worker: a trusted process in which pytest has read the checks once, and runs them on one submission after another.

    grader ──{"exercise", "source", "seed"}──▶ worker ──▶ zygote ──▶ branch ──▶ workshop ──▶ host, per check
           ◀──{"report", "layers"}────────────

Messages are lines of JSON over standard input and output. Fixtures, store, clock and host are fresh for every check, as
they are in `authlab check`; what is saved is the start of pytest and the imports. Each submission has a branch of the
zygote of its own, so nothing of one is left when the next one comes. The worker ends when the grader does.
"""

import base64
import contextlib
import gc
import json
import os
import queue
import shutil
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from labsrv.grading import checking, fixtures, zygotes
from labsrv.grading.classroom.editions import checks_of
from labsrv.grading.course import Exercise, find, root
from labsrv.grading.plugin import GRADING, Grading, is_check, name_of
from labsrv.grading.processes import CAN_FORK
from labsrv.grading.promises import promise_of


class Grader:
    """The pytest plugin whose run loop goes over submissions."""

    def __init__(self, orders: Iterator[dict[str, Any]], answer: Any, scratch: Path):
        self.orders = orders
        self.answer = answer
        self.scratch = scratch
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
        for exercise in self.items:
            fixtures.routes(exercise.technique)
            fixtures.neighbour_routes(exercise.technique)
        if CAN_FORK:
            zygotes.shared_zygote().warm_up()
        gc.collect()
        gc.freeze()

        ready = {each.name: worth(items) for each, items in self.items.items()}
        self.answer({"worth": ready, "unreadable": {each.name: said for each, said in self.unreadable.items()}})
        for order in self.orders:
            self.answer(self.carried_out(order))
        return True

    def carried_out(self, order: dict[str, Any]) -> dict[str, Any]:
        """Return what one submission's exercise came to."""
        (exercise,) = find(order["exercise"])
        if exercise in self.unreadable or exercise not in self.items:
            return {"broken": f"The checks can't be run: {self.unreadable.get(exercise, 'there are none')}"}

        path = self.scratch / "submission" / f"{exercise.stem}.py"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(base64.b64decode(order["source"]))
        self.begin(path, order["seed"])
        try:
            self.run(self.items[exercise])
            (report,) = self.grading.reports()
            layers = list(getattr(self.grading.workshops[exercise], "layers", ()))
            # Where the submission lay is nobody's business, and no two runs' reports differ by it.
            text = json.dumps(report.as_json()).replace(json.dumps(f"{path.parent}{os.sep}")[1:-1], "")
            return {"report": json.loads(text), "layers": layers}
        finally:
            self.end()
            shutil.rmtree(path.parent, ignore_errors=True)

    def begin(self, path: Path, seed: str) -> None:
        """Take up another submission."""
        self.grading.submission, self.grading.seed = path, seed
        self.grading.results.clear()
        self.grading.workshops.clear()
        self.grading.branch = None  # a new one is made when it is needed

    def run(self, items: list[pytest.Function]) -> None:
        """Run an exercise's checks."""
        for item, following in zip(items, [*items[1:], None], strict=True):
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)

    def end(self) -> None:
        """End all that the submission started."""
        for workshop in self.grading.workshops.values():
            workshop.close()
        self.grading.workshops.clear()
        if self.grading.branch:
            self.grading.branch.close()
        self.grading.branch = None


def worth(items: list[pytest.Function]) -> int:
    """Return the points to be had; the rows of a check are one promise."""
    return sum({name_of(item): promise_of(item.function).points for item in items}.values())


def main(names: list[str], hidden: str, scratch: Path) -> None:
    """Grade what comes in over standard input; `names` are exercises, `hidden` a folder of more checks or ""."""
    reading, answer = channel()
    orders: queue.SimpleQueue[dict[str, Any] | None] = queue.SimpleQueue()
    threading.Thread(target=listen, args=(reading, orders, scratch), daemon=True).start()

    more = Path(hidden) if hidden else None
    wanted = [each for name in names for each in find(name)]
    options = ["--rootdir", str(root()), "-c", str(root() / "pyproject.toml"), *checking.QUIET, "-s"]
    options += ["--submission", str(scratch), "--seed", "0", *(["--hidden-checks", hidden] if hidden else [])]
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    zygotes.prepare()  # it starts up while pytest collects
    files = [str(path) for each in wanted for path in checks_of(each, more)]
    grader = Grader(iter(orders.get, None), answer, scratch)
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


def listen(reading: Any, orders: "queue.SimpleQueue[dict[str, Any] | None]", scratch: Path) -> None:
    """Pass orders on; when the grader is gone, end everything at once, in the middle of a check too."""
    for line in reading:
        orders.put(json.loads(line))
    if zygotes.zygote:
        with contextlib.suppress(OSError):
            zygotes.zygote.close()
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(0)


if __name__ == "__main__":
    main(json.loads(sys.argv[1]), sys.argv[2], Path(sys.argv[3]))
