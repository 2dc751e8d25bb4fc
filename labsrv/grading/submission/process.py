"""The grader's end of a submission's process: one per check, asked within its budget, and explained when it fails.

lab.add_site("shop", process.app, routes)            the shop, answered by the child
process.decide("safe_next", "//evil.example")        → Answer("/") or Raised("ValueError", …)
process.end()
"""

import contextlib
import math
import re
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from labsrv import labs
from labsrv.grading.submission import validation, watchdog
from labsrv.grading.submission.answers import Answer, Raised, RaisedRow
from labsrv.grading.submission.budget import CHECK_SECONDS, Budget
from labsrv.grading.submission.lending import MOST_CALLS, Lending
from labsrv.grading.submission.loading import Problem
from labsrv.grading.submission.output import MOST_OUTPUT, Output
from labsrv.grading.submission.validation import LARGEST_MESSAGE, REMARK, at, last_line
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.pipe.peer import RAISED_AGAIN, Gone, Peer, RemoteError, TooLarge
from labsrv.kit.pipe.served import forward_time, serve_services
from labsrv.kit.pipe.site_requests import MOST_REQUESTS, SiteRequests
from labsrv.kit.store.limits import MOST_WORK, Allowance

CALL_SECONDS = 3.0
LENDING = 3  # times as long, where a decision calls what is lent to it: that work is done here
IMPORT_SECONDS = 7.0
MOST_RECEIVED = 16 << 20  # in a check
SHOWN_LINES = 5
RAISED: tuple[type[Exception], ...] = (RemoteError, *RAISED_AGAIN.values())
UNMOVED: tuple[type[Exception], ...] = (TimeoutError, *RAISED)


class SubmissionProcess:
    """One check's copy of the submission. `raised` and `problem` say what went wrong in it, if anything."""

    def __init__(
        self,
        path: Path,
        lab: Lab,
        pipe: Any,
        output: int | Output,
        kill_all: Callable[[], Any],
        budget: Budget,
        party: str = labs.MAIN_SITE,
    ):
        self.path = path
        self.party = party
        self.kill_all = kill_all
        self.greed = ""
        self.layers: list[str] = []
        self.missing: dict[str, str] = {}
        self.stop_watching: Callable[[], None] = lambda: None
        self.ended = False
        # A check's part of what the whole submission may take; a live lab's goes on as long as the lab.
        self.budget = Budget(CHECK_SECONDS if budget.left() < math.inf else math.inf, budget)
        self.raised: list[RaisedRow] = []
        self.added: list[tuple[str, str]] = []
        self.problem: Problem | None = None
        self.line = 0
        self.at_end: Callable[[], None] = lambda: None
        self.note_end: Callable[[Problem], None] = lambda problem: None
        # Both come ready-made where processes are not forked.
        self.output = output if isinstance(output, Output) else Output(output, self.flooded)
        self.peer = (
            pipe
            if isinstance(pipe, Peer)
            else Peer.over(pipe, serving(lab, budget, party), largest=LARGEST_MESSAGE, most_received=MOST_RECEIVED)
        )
        self.lending = Lending(MOST_CALLS if budget.left() < math.inf else math.inf)
        self.peer.serve["function"] = self.lending.call
        self.stop_forwarding = forward_time(lab.clock, ClockOf(self), at_once=False)

    def note_sandbox(self, layers: list[str], missing: dict[str, str], pid: int) -> None:
        """Note in which layers of the sandbox the child is, and have the watchdog look at it from now on."""
        self.layers, self.missing = layers, missing
        self.stop_watching = watchdog.watch(pid, self.greedy)

    def open(self) -> Any:
        """Return what the child says of the import; raises the `Problem` that kept it from saying anything."""
        try:
            return self.call("open", IMPORT_SECONDS)
        except Problem as problem:
            return {"problem": self.at_import(problem).row()}

    def at_import(self, problem: Problem) -> Problem:
        """Return the problem in other words: it came while the file was being imported."""
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
        # After a first problem there is nothing more to find out: it is the one that explains the check.
        if self.problem:
            raise self.problem

        before = self.lending.served

        def spared() -> float:
            return self.lending.served - before

        try:
            with self.budget.spending():
                most = min(seconds or CALL_SECONDS, self.budget.left())
                return self.peer.call(do, timeout=max(most, 0), spared=spared, **arguments)
        except TimeoutError:
            self.problem = self.slow()
        except Gone:
            self.problem = self.gone()
            self.note_end(self.problem)
        except TooLarge:
            self.problem = Problem("huge", f"{self.path.name}: an answer is larger than 1 MiB.")
        except RAISED as error:
            said = validation.shown(
                str(error) if isinstance(error, RemoteError) else f"{type(error).__name__}: {error}"
            )
            self.problem = Problem("raised", f"{self.path.name}: the shop can't be built with it: {said[:500]}.")
        finally:
            self.budget.spend(-spared())
        self.kill_all()
        raise self.problem

    def move_clock(self, moved: float, timeout: float) -> None:
        """Move the child's clock; raises `Gone`, or the `Problem` where its clock does not follow."""
        if self.problem:
            raise Gone("It has had a problem already.")

        try:
            self.peer.call("clock.follow", timeout=timeout, moved=moved)
        except UNMOVED as error:
            said = validation.shown(str(error))[:500]
            self.problem = Problem("clock", f"{self.path.name}: the shop's clock does not follow any more: {said}.")
            self.kill_all()
            raise self.problem from error

    def slow(self) -> Problem:
        """Return the problem of a late answer, with the line that is still running."""
        self.ask_where()
        seconds = CALL_SECONDS * (LENDING if self.lending.lent else 1)
        said = f"still running after {seconds:g} seconds"
        if self.budget.left() <= 0:
            said = "all answers together took too long"
        return Problem("slow", f"{at(self.path, self.line)}: {said}.", self.line)

    def gone(self) -> Problem:
        """Return the problem of a process that has ended, with how it ended."""
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
            self.line = validation.number(self.peer.call("where", timeout=0.5))

    def add_page(self, path: str, name: str = "") -> None:
        """Add a page to the shop, before anybody has asked it for one; its route has this name, or an ordinary one."""
        self.call("add_page", path=path, name=name)
        self.added.append((path, name))

    def app(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        """Be the shop: a WSGI application that the child answers."""
        length = environ.get("CONTENT_LENGTH", "")
        body = environ["wsgi.input"].read(int(length)) if length.isdecimal() else b""

        # A problem is noted, not raised: the check's browser reads an error, as a visitor would, and the verdict has
        # the problem's words.
        with contextlib.suppress(Problem):
            answer = self.call("request", environ=validation.environ_for(environ), body=body)
            raised = validation.raised(answer)
            if raised:
                self.raised.append(raised)
            elif validation.too_large(answer):
                self.problem = Problem("huge", f"{self.path.name}: a page is larger than 256 KiB.")
            elif validation.well_formed(answer):
                start_response(answer["status"], [tuple(each) for each in answer["headers"]])
                return [answer["body"]]
            else:
                self.problem = Problem("malformed", f"{self.path.name}: the answer is no well-formed HTTP.")

        start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
        return [b"The shop could not answer.\n"]

    def decide(self, name: str, *args: Any) -> Answer | Raised:
        """Call one decision with plain values (what BSON can carry), or functions: they stay here (`lending.py`)."""
        answer = self.decide_often(name, 1, *args)
        return answer if isinstance(answer, Raised) else Answer(answer.value[0])

    def decide_often(self, name: str, times: int, *args: Any) -> Answer | Raised:
        """Call one decision several times; the answer's value is the list of what it returned."""
        with self.lending.of(list(args)) as sent:
            seconds = CALL_SECONDS * LENDING if self.lending.lent else None
            answer = self.call("decide", seconds, name=name, args=sent, times=times)
        return self._made(name, times, answer)

    def decide_by_tape(self, name: str, seed: bytes, flips: list[int], *args: Any) -> Answer | Raised:
        """Call one decision for each flip, with the system's generator giving the bytes that belong to the seed, that
        bit flipped (none if it is negative). The answer's value has the list, and the bytes that one took at the most.
        """
        answer = self.call("decide_by_tape", name=name, args=list(args), seed=seed, flips=flips)
        made = self._made(name, len(flips), answer)
        return made if isinstance(made, Raised) else Answer((made.value, validation.number(answer.get("taken"))))

    def decide_in_copies(self, name: str, times: int, copies: int, *args: Any) -> Answer | Raised:
        """Call one decision several times in each of several copies, forked when the file had been imported.

        The answer's value is a list of lists, empty where nothing can fork.
        """
        answer = self.call("decide_in_copies", name=name, args=list(args), times=times, copies=copies)
        return self._made(name, None, answer)

    def _made(self, name: str, many: int | None, answer: Any) -> Answer | Raised:
        """Return the list of values that a decision made, or what it raised; raises a `Problem` for anything else."""
        raised = validation.raised(answer)
        if raised:
            self.raised.append(raised)
            return Raised(raised["type"], raised["said"])
        values = answer.get("values") if isinstance(answer, dict) else None
        if isinstance(values, list) and many in (None, len(values)):
            odd = next((each for each in values if not validation.is_plain(each)), None)
            if odd is None:
                return Answer(values)

            self.problem = Problem(
                "odd", f"{self.path.name}: `{name}` returned a {type(odd).__name__}, no plain value."
            )
            raise self.problem

        self.problem = Problem("malformed", f"{self.path.name}: the shop's process does not answer as one.")
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

    def last_output(self) -> str:
        """Return a remark, and the last lines that the learner's code printed: it has no other way to be seen."""
        if self.problem:
            return ""

        text = validation.shown(self.output.text)
        lines = [line for line in text.splitlines() if line.strip() and "exit status" not in line]
        remarks = [line[:200].removeprefix(REMARK) for line in lines if line.startswith(REMARK)]
        lines = [f"  {line[:200]}" for line in lines if not line.startswith(REMARK)][-SHOWN_LINES:]
        return "\n".join(["", *remarks[:1], *(["Your code printed:", *lines] if lines else [])]).rstrip()

    def leftovers(self) -> str | None:
        """Return what the submission left running behind its answers, in words, or None."""
        with contextlib.suppress(Problem):
            for line in validation.lines(self.call("leftovers")):
                return (
                    f"{at(self.path, line)}: a thread is still running after the answer. Nothing may go on by itself."
                )

        return self.problem.message if self.problem else None

    def end(self) -> None:
        """Kill the child and everything it started."""
        if self.ended:
            return

        self.ended = True
        self.stop_watching()
        self.stop_forwarding()
        self.kill_all()
        self.peer.close()
        self.at_end()


class ClockOf:
    """The clock of a submission's process, as the end of a pipe where time is forwarded to."""

    def __init__(self, process: SubmissionProcess):
        self.process = process

    def call(self, do: str, /, timeout: float | None = None, **arguments: Any) -> None:
        """Move the clock; raises what `move_clock` raises."""
        self.process.move_clock(arguments["moved"], timeout or CALL_SECONDS)


def serving(lab: Lab, budget: Budget, party: str) -> dict[str, Callable[..., Any]]:
    """Return what a submission may ask of its lab, with the work of store and neighbours bounded: it is done here.

    A site's tables begin with its name, but for the shop's. Those of others are closed to the party that it is: whoever
    reads them knows who lies, and needs no check.
    """
    endless = budget.left() == math.inf
    requests = SiteRequests(party, lab.sites, lab.transport, math.inf if endless else MOST_REQUESTS)

    def is_own(table: str) -> bool:
        owners = (site for site in lab.sites if site != labs.MAIN_SITE and table.startswith(f"{site}_"))
        return next(owners, labs.MAIN_SITE) == party

    return serve_services(
        lab, allowance=Allowance(math.inf if endless else MOST_WORK), requests=requests, is_own=is_own
    )
