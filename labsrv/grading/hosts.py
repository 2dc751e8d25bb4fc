"""The grader's side of the host: start one per check, talk to it, and say plainly what became of it.

lab.add_site("shop", host.app, routes)            the shop, answered by the child
host.decide("safe_next", "//evil.example")        → Answer("/") or Raised("ValueError", …)
host.end()
"""

import contextlib
import math
import re
import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from labsrv.grading import replies, warden
from labsrv.grading.patience import CHECK_SECONDS, Patience
from labsrv.grading.replies import LARGEST_MESSAGE, REMARK, at, last_line
from labsrv.grading.workpiece import Problem
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.pipe.peer import RAISED_AGAIN, Gone, Peer, RemoteError, TooLarge
from labsrv.kit.pipe.served import forward_time, serve_services
from labsrv.kit.store.limits import MOST_WORK, Allowance

CALL_SECONDS = 3.0
IMPORT_SECONDS = 7.0
MOST_OUTPUT = 1 << 20
MOST_RECEIVED = 16 << 20  # in a check
SHOWN_LINES = 5
RAISED: tuple[type[Exception], ...] = (RemoteError, *RAISED_AGAIN.values())


@dataclass(frozen=True)
class Answer:
    """What a decision returned."""

    value: Any

    def __str__(self) -> str:
        return repr(self.value)


@dataclass(frozen=True)
class Raised:
    """What a decision raised, and where in the learner's file."""

    type: str
    message: str

    def __str__(self) -> str:
        return self.message


class Output:
    """What a child prints: kept up to a bound, and reported when it is too much."""

    def __init__(self, descriptor: int, flooded: Callable[[], None]):
        self.kept = bytearray()
        self.over = False
        self.thread = threading.Thread(target=self.read, args=(descriptor, flooded), daemon=True)
        self.thread.start()

    def read(self, descriptor: int, flooded: Callable[[], None]) -> None:
        """Read until the last writer is gone; stop reading at the bound."""
        with open(descriptor, "rb", buffering=0) as pipe:
            while part := pipe.read(65536):
                self.kept += part
                if len(self.kept) > MOST_OUTPUT:
                    self.over = True
                    flooded()
                    return

    @property
    def text(self) -> str:
        return self.kept.decode("utf-8", "replace")


class Host:
    """One check's copy of the submission. `raised` and `problem` say what went wrong in it, if anything."""

    def __init__(
        self,
        path: Path,
        lab: Lab,
        pipe: Any,
        output: int | Output,
        kill_all: Callable[[], Any],
        patience: Patience,
    ):
        self.path = path
        self.kill_all = kill_all
        self.greed = ""
        self.layers: list[str] = []
        self.missing: dict[str, str] = {}
        self.let_it_take: Callable[[], None] = lambda: None
        self.ended = False
        self.patience = Patience(CHECK_SECONDS if patience.left() < math.inf else math.inf, patience)
        self.raised: list[dict[str, Any]] = []
        self.added: list[str] = []
        self.problem: Problem | None = None
        self.line = 0
        self.at_end: Callable[[], None] = lambda: None
        self.output = output if isinstance(output, Output) else Output(output, self.flooded)
        self.peer = (
            pipe
            if isinstance(pipe, Peer)
            else Peer.over(pipe, serving(lab, patience), largest=LARGEST_MESSAGE, most_received=MOST_RECEIVED)
        )
        self.let_time_go = forward_time(lab.clock, self.peer, at_once=False)

    def is_in(self, layers: list[str], missing: dict[str, str], pid: int) -> None:
        """Note in which layers of the sandbox the child is, and have a warden look at it from now on."""
        self.layers, self.missing = layers, missing
        self.let_it_take = warden.watch(pid, self.greedy)

    def open(self) -> Any:
        """Return what the child says of the import; raises the `Problem` that kept it from saying anything."""
        try:
            return self.call("open", IMPORT_SECONDS)
        except Problem as problem:
            return {"problem": self.at_import(problem).row()}

    def at_import(self, problem: Problem) -> Problem:
        """Say of what happened to the child that it did while the file was being imported."""
        said = {
            "slow": "the file never finishes being imported",
            "gone": "the file ends its own process while being imported",
        }
        kind = "slow" if "Timeout" in self.output.text else problem.kind
        if kind not in said:
            return problem

        self.output.thread.join(1)
        line = last_line(self.output.text, self.path) or problem.line
        return Problem(kind, f"{at(self.path, line)}: {said[kind]}.", line)

    def call(self, do: str, seconds: float | None = None, /, **arguments: Any) -> Any:
        """Return the child's answer, or raise the `Problem` that kept it from answering in time."""
        if self.problem:
            raise self.problem

        try:
            with self.patience.spending():
                most = min(seconds or CALL_SECONDS, self.patience.left())
                return self.peer.call(do, timeout=max(most, 0), **arguments)
        except TimeoutError:
            self.problem = self.slow()
        except Gone:
            self.problem = self.gone()
        except TooLarge:
            self.problem = Problem("huge", f"{self.path.name}: an answer is larger than 1 MiB.")
        except RAISED as error:
            said = replies.shown(str(error) if isinstance(error, RemoteError) else f"{type(error).__name__}: {error}")
            self.problem = Problem("raised", f"{self.path.name}: the shop can't be built with it: {said[:500]}.")
        self.kill_all()
        raise self.problem

    def slow(self) -> Problem:
        """Say which line is still running."""
        self.ask_where()
        said = f"still running after {CALL_SECONDS:g} seconds"
        if self.patience.left() <= 0:
            said = "all answers together took too long"
        return Problem("slow", f"{at(self.path, self.line)}: {said}.", self.line)

    def gone(self) -> Problem:
        """Say how the process ended."""
        self.output.thread.join(1)
        if self.output.over:
            said = f"{at(self.path, self.line)}: printed more than {MOST_OUTPUT >> 20} MiB."
            return Problem("flood", said, self.line)

        left = re.search(r"exit status (-?\d+) at line (\d+)", self.output.text)
        if left:
            line = int(left[2])
            return Problem("gone", f"{at(self.path, line)}: ended the shop's process (exit status {left[1]}).", line)

        line = last_line(self.output.text, self.path)
        if self.greed:
            return Problem("greedy", f"{at(self.path, line)}: {self.greed}.", line)
        return Problem("gone", f"{at(self.path, line)}: the shop's process died while it was running.", line)

    def greedy(self, said: str) -> None:
        """End a child that takes too much."""
        self.greed = said
        self.kill_all()

    def flooded(self) -> None:
        """End a child that prints too much, remembering where it did."""
        self.ask_where()
        self.kill_all()

    def ask_where(self) -> None:
        """Note the line that the child is executing, if it can still say."""
        with contextlib.suppress(Exception):
            self.line = replies.number(self.peer.call("where", timeout=0.5))

    def add_page(self, path: str) -> None:
        """Add a page to the shop, before anybody has asked it for one."""
        self.call("add_page", path=path)
        self.added.append(path)

    def app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Be the shop: a WSGI application that the child answers."""
        length = environ.get("CONTENT_LENGTH", "")
        body = environ["wsgi.input"].read(int(length)) if length.isdecimal() else b""

        with contextlib.suppress(Problem):
            answer = self.call("request", environ=replies.told(environ), body=body)
            raised = replies.raised(answer)
            if raised:
                self.raised.append(raised)
            elif replies.too_large(answer):
                self.problem = Problem("huge", f"{self.path.name}: a page is larger than 256 KiB.")
            elif replies.well_formed(answer):
                start_response(answer["status"], [tuple(each) for each in answer["headers"]])
                return [answer["body"]]
            else:
                self.problem = Problem("malformed", f"{self.path.name}: the answer is no well-formed HTTP.")

        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"The shop could not answer.\n"]

    def decide(self, name: str, *args: Any) -> Answer | Raised:
        """Call one decision with plain values (what BSON can carry)."""
        answer = self.decide_often(name, 1, *args)
        return answer if isinstance(answer, Raised) else Answer(answer.value[0])

    def decide_often(self, name: str, times: int, *args: Any) -> Answer | Raised:
        """Call one decision several times; the answer's value is the list of what it returned."""
        answer = self.call("decide", name=name, args=list(args), times=times)
        raised = replies.raised(answer)
        if raised:
            self.raised.append(raised)
            return Raised(raised["type"], raised["said"])
        values = answer.get("values") if isinstance(answer, dict) else None
        if isinstance(values, list) and len(values) == times:
            return Answer(values)

        self.problem = Problem("malformed", f"{self.path.name}: the host does not answer as one.")
        raise self.problem

    def complaint(self) -> str | None:
        """Return what went wrong inside the child during the check, in words for the learner."""
        if self.problem:
            return self.problem.message
        if self.raised:
            first = self.raised[0]
            inside = f"`{first['function']}` raised" if first["function"] else "the shop raised"
            return f"{first['where']}: {inside} {first['said']}"

        return None

    def printed(self) -> str:
        """Return a remark, and the last lines that the learner's code printed: it has no other way to be seen."""
        if self.problem:
            return ""

        text = replies.shown(self.output.text)
        lines = [line for line in text.splitlines() if line.strip() and "exit status" not in line]
        remarks = [line[:200].removeprefix(REMARK) for line in lines if line.startswith(REMARK)]
        lines = [f"  {line[:200]}" for line in lines if not line.startswith(REMARK)][-SHOWN_LINES:]
        return "\n".join(["", *remarks[:1], *(["Your code printed:", *lines] if lines else [])]).rstrip()

    def leftovers(self) -> str | None:
        """Return what the submission left running behind its answers, in words, or None."""
        with contextlib.suppress(Problem):
            for line in replies.lines(self.call("leftovers")):
                return (
                    f"{at(self.path, line)}: a thread is still running after the answer. Nothing may go on by itself."
                )

        return self.problem.message if self.problem else None

    def end(self) -> None:
        """Kill the child and everything it started."""
        if self.ended:
            return

        self.ended = True
        self.let_it_take()
        self.let_time_go()
        self.kill_all()
        self.peer.close()
        self.at_end()


def serving(lab: Lab, patience: Patience) -> dict[str, Callable[..., Any]]:
    """Return what a host may ask of its lab. A pattern would be matched here, where a hostile one runs for ever."""
    return serve_services(lab, allowance=Allowance(math.inf if patience.left() == math.inf else MOST_WORK))
