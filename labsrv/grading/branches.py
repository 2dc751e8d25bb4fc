"""This process's side of the zygote: have it fork branches and runners, and have a branch fork workshops.

runner = Runner(shared_zygote(), order)  prepares to run an exercise's checks
runner.go(); answer = runner.answer()    runs them, and is gone
branch = shared_zygote().branch()        for one run, or for one live lab
branch.open("sessions", path, stub)      a submission in its exercise's workshop
"""

import contextlib
import json
import os
import random
import socket
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from labsrv.grading import zygote
from labsrv.grading.hosts import Output
from labsrv.grading.processes import children, descendants, kill
from labsrv.grading.sandbox import WITHOUT
from labsrv.grading.sandbox.limits import PROCESSOR_SECONDS
from labsrv.grading.workpiece import Problem
from labsrv.grading.workshops import ForkedWorkshop, Order, SpawnedWorkshop, Workpiece, Workshop, unreadable
from labsrv.grading.zygotes import Hatched

LARGEST_ANSWER = 64 << 20
MOST_WORKSHOPS = 12  # ten MiB each, with the host that waits in it


class Forker:
    """A process at the other end of a channel that forks children when it is told to."""

    def __init__(self, channel: socket.socket):
        self.channel = channel
        self.lock = threading.Lock()

    def fork(self, order: dict[str, Any], descriptors: list[int]) -> int:
        """Return the pid of a new child; raises `EOFError` or `OSError` when the process is gone."""
        with self.lock:
            zygote.say(self.channel, order, descriptors)
            return int(zygote.hear(self.channel)[0]["pid"])


class Zygote:
    """The process that everything is forked from. Where the system cannot fork, each host is a new process."""

    def __init__(self, hatched: Hatched | None):
        self.hatched = hatched
        self.lock = threading.Lock()
        self.pid = 0
        if hatched:
            self.process, self.forker = hatched[0], Forker(hatched[1])

    def fork(self, order: dict[str, Any], descriptors: list[int]) -> int:
        """Have the zygote fork a child; wait for its imports if it is still at them."""
        with self.lock:
            if not self.pid:
                self.pid = zygote.hear(self.forker.channel)[0]["ready"]
        return self.forker.fork(order, descriptors)

    def warm_up(self, techniques: Sequence[str] = (), *, runners: bool = False) -> None:
        """Have the zygote import what workshops of these lessons need (of all, if none), and runners if wanted."""
        self.fork({"do": "warm up runners" if runners else "warm up", "techniques": list(techniques)}, [])

    def branch(self) -> "Branch":
        """Return a new branch."""
        if not self.hatched:
            return Branch(None, 0)

        ours, theirs = socket.socketpair()
        with theirs:
            return Branch(ours, self.fork({"do": "branch"}, [theirs.fileno()]))

    def close(self) -> None:
        """End the zygote; whoever was forked from it ends with it."""
        if self.hatched and self.process.poll() is None:
            kill(descendants(self.process.pid))
            self.forker.channel.close()
            self.process.kill()
            self.process.wait()


class Runner:
    """A runner that has its order, and carries it out when it is asked for its answer.

    Whatever an order needs before anything is looked at (settings, imports, the checks) is done ahead of that.
    """

    def __init__(self, parent: Zygote, order: dict[str, Any]):
        self.branch = parent.branch()
        self.channel, theirs = socket.socketpair()
        reading, writing = os.pipe()
        self.output = Output(reading, lambda: None)
        self.pid = 0
        try:
            with theirs, open(writing, "wb"):
                descriptors = [theirs.fileno(), writing, self.branch.channel.fileno()]
                self.pid = parent.fork({"do": "runner"}, descriptors)
            zygote.say(self.channel, order | {"branch": self.branch.pid})
        except BaseException:
            self.close()
            raise

    def go(self) -> None:
        """Have the runner carry out its order."""
        with contextlib.suppress(BrokenPipeError):  # it has answered already: nothing could be prepared
            zygote.say(self.channel, {"go": True})

    def answer(self) -> dict[str, Any]:
        """Return the answer, with what the runner printed as `said`; raises `EOFError` or `OSError` if it is gone."""
        try:
            answer, _ = zygote.hear(self.channel, LARGEST_ANSWER)
            kill([self.pid])
            self.pid = 0
            self.output.thread.join(1)
        except BaseException:
            self.close()
            raise

        # What is left of the submission is swept up while the answer is being read.
        threading.Thread(target=self.close, name="sweeps up after a check").start()
        return answer | {"said": self.output.text}

    def close(self) -> None:
        """End the runner and all that was forked for it."""
        kill([self.pid] if self.pid else [])
        self.pid = 0
        self.channel.close()
        self.branch.close()


class Branch:
    """A zygote for one run or one live lab, so that sweeping up after one submission meets nobody else's processes."""

    def __init__(self, channel: socket.socket | None, pid: int):
        self.workshops: dict[str, Workshop] = {}
        self.pids: set[int] = set()
        self.pid = pid
        self.forker = Forker(channel) if channel else None

    @property
    def channel(self) -> socket.socket:
        if self.forker:
            return self.forker.channel

        raise OSError("This system can't fork.")

    def open(
        self,
        technique: str,
        path: Path,
        stub: dict[str, list[str]],
        *,
        source: bytes | None = None,
        closed: Sequence[str] = (),
        endless: bool = False,
    ) -> Workpiece:
        """Return the submission at `path`, or with this source, in its exercise's workshop; `closed` are modules.

        What it may take altogether (seconds of the processor, of waiting for it) is bounded, unless it is `endless`.
        """
        order = order_for(technique, stub, endless)
        found: bytes | Problem | None = source
        if found is None:
            found = unreadable(path) or path.read_bytes()
        return Workpiece(lambda: self.workshop(order), path, found, order | {"closed": list(closed)})

    def prepare(self, technique: str, stub: dict[str, list[str]]) -> None:
        """Have a workshop ready by the time that a submission comes."""
        self.workshop(order_for(technique, stub))

    def workshop(self, order: Order) -> Workshop:
        """Return the workshop of an exercise: the one that there is, or a new one."""
        key = json.dumps(order)
        there = self.workshops.get(key)
        if there and not there.lost:
            return there

        if there or len(self.workshops) >= MOST_WORKSHOPS:
            # A class goes round all exercises: the one used longest ago is needed next. So one goes by chance.
            self.workshops.pop(key if there else random.choice(list(self.workshops))).close()
        new = self.workshops[key] = ForkedWorkshop(self, order) if self.forker else SpawnedWorkshop()
        return new

    def alive(self) -> bool:
        """Tell whether the branch is there to fork anything."""
        try:
            return self.forker is None or self.forker.fork({"do": "nothing"}, []) == 0
        except (EOFError, OSError):
            return False

    def fork(self, order: Order, descriptors: list[int]) -> int:
        """Have the branch fork a workshop; return its pid."""
        pid = Forker.fork(self.forker, order, descriptors) if self.forker else 0
        self.pids.add(pid)
        return pid

    def sweep(self, host: int = 0, workshop: int = 0) -> int:
        """Kill a workshop's host, and what came back to the branch from others; return how many there were."""
        if not self.pid:
            return 0

        tops = [each for each in children(self.pid) if each not in self.pids]
        if host and host in children(workshop):  # and not a stranger by now, who was given its number
            tops.append(host)
        strays = [pid for top in tops for pid in (top, *descendants(top))]
        kill(strays)
        return len(strays)

    def settle(self) -> None:
        """Leave nothing behind but the workshops."""
        while self.sweep():
            continue

    def end(self, workshops: list[int]) -> None:
        """Kill workshops with all that they started."""
        kill([pid for each in workshops for pid in (each, *descendants(each))])
        self.pids -= set(workshops)
        self.settle()

    def close(self) -> None:
        """End the branch and everything below it."""
        if self.forker and self.pid:
            with contextlib.suppress(OSError):
                for each in self.workshops.values():
                    each.close()
                self.settle()
            self.forker.channel.close()
            kill([self.pid])
            self.pid = 0


def order_for(technique: str, stub: dict[str, list[str]], endless: bool = False) -> Order:
    """Return what a workshop is told: whose parts it has to have ready, and in which sandbox."""
    seconds = None if endless else PROCESSOR_SECONDS
    return {"technique": technique, "stub": stub, "seconds": seconds, "without": os.environ.get(WITHOUT, "")}
