"""This process's side of the zygote: have it fork branches and runners, and have a branch fork workshops.

runner = Runner(shared_zygote(), order)  prepares to run an exercise's checks
answer = runner.answer()                 runs them, and is gone
branch = shared_zygote().branch()        for one run, or for one live lab
branch.open("sessions", path, stub)      a workshop
"""

import contextlib
import os
import socket
import threading
from pathlib import Path
from typing import Any

from labsrv.grading import zygote
from labsrv.grading.hosts import Output
from labsrv.grading.processes import children, descendants, kill
from labsrv.grading.sandbox import WITHOUT
from labsrv.grading.sandbox.limits import PROCESSOR_SECONDS
from labsrv.grading.workshops import ForkedWorkshop, SpawnedWorkshop, Workshop, unreadable
from labsrv.grading.zygotes import Hatched

LARGEST_ANSWER = 64 << 20


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

    def warm_up(self) -> None:
        """Have the zygote import what runners need."""
        self.fork({"do": "warm up"}, [])

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

    def answer(self) -> dict[str, Any]:
        """Return the answer, with what the runner printed as `said`; raises `EOFError` or `OSError` if it is gone."""
        try:
            with contextlib.suppress(BrokenPipeError):  # it has answered already: nothing could be prepared
                zygote.say(self.channel, {"go": True})
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
        self.workshops: set[int] = set()
        self.pid = pid
        self.forker = Forker(channel) if channel else None

    @property
    def channel(self) -> socket.socket:
        if self.forker:
            return self.forker.channel

        raise OSError("This system can't fork.")

    def open(self, technique: str, path: Path, stub: dict[str, list[str]], *, endless: bool = False) -> Workshop:
        """Return a workshop that has imported the submission at `path`, or knows what is wrong with it.

        What it may take altogether (seconds of the processor, of waiting for it) is bounded, unless it is `endless`.
        """
        order: dict[str, Any] = {"technique": technique, "path": str(path.resolve()), "stub": stub}
        order |= {"seconds": None if endless else PROCESSOR_SECONDS, "without": os.environ.get(WITHOUT, "")}
        problem = unreadable(path)
        if problem:
            shut = Workshop(order)
            shut.problem = problem
            return shut
        if not self.forker:
            return SpawnedWorkshop(order)

        return ForkedWorkshop(self, order)

    def fork(self, order: dict[str, Any], descriptors: list[int]) -> int:
        """Have the branch fork a workshop; return its pid."""
        pid = Forker.fork(self.forker, order, descriptors) if self.forker else 0
        self.workshops.add(pid)
        return pid

    def sweep(self, warden: int = 0) -> int:
        """Kill a warden with its host, and what came back to the branch from others; return how many there were."""
        if not self.pid:
            return 0

        tops = [each for each in children(self.pid) if each not in self.workshops]
        if warden in descendants(self.pid):  # and not a stranger by now, who was given its number
            tops.append(warden)
        strays = [pid for top in tops for pid in (top, *descendants(top))]
        kill(strays)
        return len(strays)

    def end(self, workshops: list[int]) -> None:
        """Kill workshops with all that they started."""
        kill([pid for each in workshops for pid in (each, *descendants(each))])
        self.workshops -= set(workshops)
        while self.sweep():
            continue

    def close(self) -> None:
        """End the branch and everything below it."""
        if self.forker and self.pid:
            with contextlib.suppress(OSError):
                self.end(list(self.workshops))
            self.forker.channel.close()
            kill([self.pid])
            self.pid = 0
