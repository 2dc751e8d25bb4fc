"""The process in which a submission runs, and nothing else of value.

It has the shop built around the submission's decisions, and reaches store, clock and hasher over a pipe, as it would
reach a database over a socket. The trusted parent sends it requests and looks at what comes back. Nothing that this
process says of itself earns points.
"""

import base64
import contextlib
import faulthandler
import io
import os
import random
import signal
import socket
import sys
import warnings
from collections.abc import Callable, Container
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import Any

import bson
import flask
import werkzeug  # noqa: F401  (imported before the fork)

from labsrv import labs
from labsrv.grading.sandbox import limits
from labsrv.grading.submission import template_cache
from labsrv.grading.submission.empty_table import with_tables
from labsrv.grading.submission.generator import GENERATOR
from labsrv.grading.submission.lending import borrowed
from labsrv.grading.submission.loading import Problem, describe, import_the_rest, line_in, load, threads_in
from labsrv.grading.submission.order import Signatures, SubmissionOrder
from labsrv.grading.submission.validation import LARGEST_MESSAGE, REMARK
from labsrv.grading.system.linux import Missing
from labsrv.kit.clock import Clock
from labsrv.kit.pipe.peer import Peer
from labsrv.kit.pipe.remote import Line, RemoteServices
from labsrv.kit.pipe.served import serve_clock

IMPORT_SECONDS = 5.0
CALLS = ("open", "add_page", "request", "decide", "decide_by_tape", "decide_in_copies", "where", "leftovers")


def run(connection: socket.socket, order: SubmissionOrder, shop: "ShopUnderTest") -> None:
    """Import the submission, and answer for the shop."""
    set_the_clock(order["moved"], order["at"])
    GENERATOR.watch()
    SubmissionServer(order, shop, import_submission(order, shop)).serve(connection)


def remark(decision: Callable[..., Any], name: str, made: Any) -> None:
    """Print a remark on what a decision returned if it says otherwise (`-> bool`): it is shown with a failure."""
    with contextlib.suppress(Exception):
        promised = decision.__annotations__["return"]
        if not isinstance(made, PLAIN[promised]):
            returned = "None" if made is None else type(made).__name__
            wanted = getattr(promised, "__name__", str(promised))
            print(f"{REMARK}`{name}` returned {returned}, not {wanted}.", file=sys.stderr)


PLAIN: dict[Any, Any] = {bool: bool, str: str, bytes: bytes, int: int, float: (int, float), str | None: str | None}


def wsgi(environ: dict[str, str], body: bytes) -> dict[str, Any]:
    """Return what a WSGI application is called with (PEP 3333)."""
    return environ | {
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }


def set_the_clock(moved: float, at: float | None) -> None:
    """Show the lab's time, or stand still at a moment."""
    if at is None:
        Clock().follow(timedelta(seconds=moved))
    else:
        Clock().stand_still(at)


class ShopUnderTest:
    """The shop around the submission's decisions. It is built before there is a submission, or anybody to ask."""

    def __init__(self, technique: str, signatures: Signatures):
        self.technique = technique
        self.names = list(signatures)
        self.decisions: dict[str, Callable[..., Any]] = {}
        self.line = Line()
        self.app: flask.Flask | None = None

    def build(self) -> flask.Flask:
        """Return the shop, built on first use; raises what `create_site` raises."""
        if self.app is None:
            given: dict[str, Callable[..., Any]] = {name: partial(self.decide, name) for name in self.names}
            app = labs.complete(self.technique, given)(RemoteServices(self.line))
            app.config["PROPAGATE_EXCEPTIONS"] = True
            template_cache.load_templates(app)
            self.app = app
        return self.app

    def decide(self, name: str, /, *args: Any, **named: Any) -> Any:
        """Make one of the submission's decisions."""
        made = self.decisions[name](*args, **named)
        remark(self.decisions[name], name, made)
        return made

    def build_ahead(self) -> None:
        """Build the shop for all processes at once; one that can't be built yet, or at all, is left to each."""
        with contextlib.suppress(Exception):
            self.build().url_map.update()


def import_submission(order: SubmissionOrder, shop: ShopUnderTest) -> dict[str, Any]:
    """Import the submission into the shop; return what to report."""
    faulthandler.dump_traceback_later(IMPORT_SECONDS, exit=True, file=2)
    try:
        source, path = base64.b64decode(order["source"]), Path(order["path"])
        shop.decisions = load(source, path, order["signatures"], order["closed"], known=order["known"])
    except Problem as problem:
        return {"problem": problem.row()}
    finally:
        faulthandler.cancel_dump_traceback_later()

    return {"ready": True}


class SubmissionServer:
    """The shop around the submission's decisions, answering the parent's calls."""

    def __init__(self, order: SubmissionOrder, shop: ShopUnderTest, prepared: dict[str, Any]):
        self.path = Path(order["path"])
        self.shop = shop
        self.prepared = prepared

    def serve(self, connection: Any) -> None:
        """Answer calls until the parent hangs up."""
        # Whoever knows the seed of `random` knows what it draws: so does this process's parent.
        random.seed(0)
        self.report_exits()
        calls = {name: getattr(self, name) for name in CALLS}
        self.peer = Peer.over(connection, serve_clock() | calls, largest=LARGEST_MESSAGE, attended=False)
        self.peer.attend()

    def open(self) -> dict[str, Any]:
        """Open the shop if the submission could be imported, and report; raises what `create_site` raises."""
        self.shop.line.peer = self.peer
        if "ready" in self.prepared:
            self.shop.build()
        return self.prepared

    def add_page(self, path: str, name: str = "") -> bool:
        """Add a page to the shop, before anybody has asked it for one; its route has this name, or an ordinary one."""
        app = self.shop.build()
        app.add_url_rule(path, name or route_name(path, app.view_functions), lambda: "A page that somebody added.")
        return True

    def request(self, environ: dict[str, str], body: bytes) -> dict[str, Any]:
        """Let the shop answer one request; a request that raises is described."""
        answer: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], _: Any = None) -> None:
            answer.extend((status, headers))

        try:
            chunks = self.shop.build()(wsgi(environ, body), start)  # type: ignore[arg-type]
            text = b"".join(chunks)
        except BaseException as error:
            return {"raised": describe(error, self.path)}

        return {"status": answer[0], "headers": [list(each) for each in answer[1]], "body": text}

    def decide(self, name: str, args: list[Any], times: int = 1) -> dict[str, Any]:
        """Call one decision with plain values, `times` over; return the last value, or all of them."""
        try:
            args = borrowed(with_tables(args), self.peer)
            values = [self.shop.decisions[name](*args) for _ in range(times)]
            remark(self.shop.decisions[name], name, values[0] if values else None)
        except BaseException as error:
            return {"raised": describe(error, self.path)}

        return {"values": values}

    def decide_by_tape(self, name: str, args: list[Any], seed: bytes, flips: list[int]) -> dict[str, Any]:
        """Call one decision while the system's generator gives what a tape has, each time with another bit flipped.

        Return what it returned each time, and how many bytes it took at the most.
        """
        values, taken = [], 0
        args = with_tables(args)
        try:
            for flipped in flips:
                with GENERATOR.playing(seed, flipped):
                    values.append(self.shop.decisions[name](*args))
                taken = max(taken, GENERATOR.taken)
        except BaseException as error:
            return {"raised": describe(error, self.path)}

        return {"values": values, "taken": taken}

    def decide_in_copies(self, name: str, args: list[Any], times: int, copies: int) -> dict[str, Any]:
        """Call one decision in copies of this process, as a server forks them from one that has the program loaded.

        Return a list of what it returned for each copy; none where nothing can fork.
        """
        args = with_tables(args)
        try:
            made = [in_a_copy(lambda: [self.shop.decisions[name](*args) for _ in range(times)]) for _ in range(copies)]
        except BaseException as error:
            return {"raised": describe(error, self.path)}

        return {"values": [each for each in made if each is not None]}

    def where(self) -> int:
        """Return the line of the learner's file that is being executed, or 0."""
        lines = [line_in(frame, self.path) for frame in sys._current_frames().values()]
        return max(lines, default=0)

    def leftovers(self) -> list[list[Any]]:
        """Return (line, name) of the threads that the submission left running."""
        return [list(each) for each in threads_in(self.path)]

    def report_exits(self) -> None:
        """Let `os._exit` say where it was called before it does what it is for."""
        really = os._exit

        def report(status: int) -> None:
            line = line_in(sys._getframe(1), self.path)
            print(f"exit status {status} at line {line}", file=sys.stderr, flush=True)
            really(status)

        os._exit = report  # type: ignore[assignment]


WHOSE = ("all", "list", "new", "old", "print", "show", "your")
WHAT = ("bills", "letters", "news", "offers", "prices", "recipes", "returns", "reviews", "stock", "vouchers", "wishes")


def route_name(path: str, taken: Container[str]) -> str:
    """Return a name for the route of a page, such as people give them: the same for a path in every process."""
    drawn = random.Random(path)
    while (name := f"{drawn.choice(WHOSE)}_{drawn.choice(WHAT)}") in taken:
        continue
    return name


def in_a_copy(work: Callable[[], Any]) -> Any:
    """Return what work returns in a copy of this process, as BSON has it; None where there is nothing to fork or read.

    What it raises there, it raises here.
    """
    if not hasattr(os, "fork"):
        return None

    reading, writing = os.pipe()
    with warnings.catch_warnings(action="ignore"):  # There are threads, and the copy has only this one.
        copy = os.fork()
    if copy == 0:
        try:
            said = bson.encode({"made": work()})
            with open(writing, "wb") as there:
                there.write(said)
        finally:
            os.kill(os.getpid(), signal.SIGKILL)
    os.close(writing)
    with open(reading, "rb") as here:
        said = here.read()
    with contextlib.suppress(ChildProcessError):
        os.waitpid(copy, 0)
    return bson.decode(said)["made"] if said else work()


def speak_into(output: int) -> None:
    """Send everything that is printed into the parent's pipe, and read nothing."""
    silence = os.open(os.devnull, os.O_RDONLY)
    for source, target in ((silence, 0), (output, 1), (output, 2)):
        os.dup2(source, target)
    os.close(silence)
    os.close(output)
    # New objects: the inherited ones may hold somebody else's unwritten lines.
    sys.stdout = io.TextIOWrapper(io.FileIO(1, "w", closefd=False), write_through=True)
    sys.stderr = io.TextIOWrapper(io.FileIO(2, "w", closefd=False), write_through=True)


def main() -> None:
    """Be exercise server and submission in one, where nothing can fork: the order comes first, over standard input."""
    reading, writing = os.fdopen(os.dup(0), "rb", buffering=0), os.fdopen(os.dup(1), "wb", buffering=0)
    speak_into(os.dup(2))
    with contextlib.suppress(Missing):
        limits.restrict()
    Alone(reading, writing).peer.join()


class Alone:
    """A submission that gets its order over the pipe."""

    def __init__(self, reading: Any, writing: Any):
        self.server: SubmissionServer | None = None
        calls = {name: self.passed_on(name) for name in CALLS}
        self.peer = Peer.over_streams(reading, writing, serve_clock() | calls | {"prepare": self.prepare})

    def prepare(self, order: SubmissionOrder) -> bool:
        """Import the submission."""
        set_the_clock(order["moved"], order["at"])
        GENERATOR.watch()
        import_the_rest(order["technique"], order["signatures"])
        shop = ShopUnderTest(order["technique"], order["signatures"])
        # What a site imports when it is built is closed as soon as the submission is there.
        shop.build_ahead()
        self.server = SubmissionServer(order, shop, import_submission(order, shop))
        self.server.peer = self.peer
        random.seed(0)
        self.server.report_exits()
        return True

    def passed_on(self, name: str) -> Callable[..., Any]:
        """Return a call that goes to the submission."""
        return lambda **arguments: getattr(self.server, name)(**arguments)


if __name__ == "__main__":
    main()
