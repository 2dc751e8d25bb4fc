"""What checks ask for by name: `lab`, `shop`, `alice`, …, `browser`, `decision`, `draw`. All are fresh per check."""

import contextlib
import itertools
import random
from collections.abc import Callable, Container, Iterator
from functools import cache
from typing import Any

import pytest
from flask import Flask
from werkzeug.routing import Map

from labsrv import labs
from labsrv.grading.course import Exercise
from labsrv.grading.hosts import Answer, Host, Raised
from labsrv.grading.plugin import GRADING
from labsrv.grading.workshops import Workpiece
from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.lab import Lab, Site
from labsrv.kit.people import Person, cast

WORDS = [
    "amber",
    "birch",
    "cedar",
    "dune",
    "ember",
    "fern",
    "grove",
    "heath",
    "iris",
    "juniper",
    "kelp",
    "larch",
    "moss",
]
NAMES = ["aiko", "emil", "ines", "juno", "kofi", "lale", "luca", "noor", "omar", "sana", "teo", "vera", "yara"]


NETS = ["192.0.2", "198.51.100", "203.0.113"]  # TEST-NET-1 to 3 (RFC 5737)


class Draw(random.Random):
    """Names, ids and passwords of this check, drawn from the run's seed: no answer can know them beforehand."""

    def word(self) -> str:
        """Return a word that nobody could have expected."""
        return f"{self.choice(WORDS)}-{self.getrandbits(32):08x}"

    def password(self) -> str:
        """Return a password."""
        return "-".join([self.choice(WORDS), self.choice(WORDS), f"{self.getrandbits(48):012x}"])

    def people(self) -> dict[str, Person]:
        """Return the cast under drawn names and with drawn passwords."""
        people = {role: Person(self.name(), self.password(), person.role) for role, person in cast().items()}
        # Numbers follow from names; in the rare case that two people would share one, others come.
        return people if len({each.phone for each in people.values()}) == len(people) else self.people()

    def name(self) -> str:
        """Return a name to log in with, which does not tell whose part somebody plays."""
        return f"{self.choice(NAMES)}-{self.getrandbits(24):06x}"

    def address(self, taken: Container[str]) -> str:
        """Return an address that is not taken."""
        while (address := f"{self.choice(NETS)}.{self.randint(1, 254)}") in taken:
            continue
        return address


class DrawnLab(Lab):
    """A lab whose visitors have drawn names, addresses and User-Agents: none of them says who is Mallory."""

    def __init__(self, technique: str, draw: Draw):
        super().__init__(
            technique,
            place=FirstNumber(),
            people=draw.people(),
            hash_cost="low",
            report=lambda exchange: None,
            listens=False,
        )
        self.draw = draw
        self.addresses: set[str] = set()

    def browser(self, name: str) -> Browser:
        """Return the browser of that name, made on first use."""
        new = name not in self.browsers
        browser = super().browser(name)
        if new:
            browser.address = browser.network.address = self.draw.address(self.addresses)
            self.addresses.add(browser.address)
            browser.network.agent = f"Authlab/{self.draw.word()}"
        return browser


class Decision:
    """The functions under test, called in the host with plain values: `decision.safe_next("//evil.example")`."""

    def __init__(self, host: Host):
        self._host = host

    def often(self, name: str, times: int, *args: Any) -> Answer | Raised:
        """Call one function several times; `Answer.value` is the list of what it returned."""
        return self._host.decide_often(name, times, *args)

    def __getattr__(self, name: str) -> Callable[..., Answer | Raised]:
        return lambda *args: self._host.decide(name, *args)


@cache
def routes(technique: str) -> Map:
    """Return the shop's routes by name: they are the same whatever is decided."""
    lab = Lab(technique, place=FirstNumber(), hash_cost="low", listens=False)
    try:
        return labs.complete(technique, {})(lab).url_map
    finally:
        lab.stop()


class Whichever:
    """Stands for the lab of the check that runs now: what is built over it serves one check after another."""

    def __init__(self, lab: Lab):
        self.lab = lab

    def __getattr__(self, name: str) -> Any:
        return getattr(self.lab, name)


@cache
def neighbours(technique: str) -> tuple[Whichever, dict[str, Flask]]:
    """Return the shop's neighbours by name, and the lab that they are built over.

    They keep nothing themselves. To build them takes as long as a whole check.
    """
    lab = Lab(technique, place=FirstNumber(), hash_cost="low", listens=False)
    try:
        whichever = Whichever(lab)
        return whichever, labs.neighbours_of(technique, whichever)
    finally:
        lab.stop()


def prepare(technique: str) -> None:
    """Build ahead of the first check what all checks of a lesson use."""
    routes(technique)
    neighbours(technique)


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Draw:
    return Draw(f"{request.config.stash[GRADING].seed} {request.node.nodeid}")


@pytest.fixture
def added_path(draw: Draw, host: Host) -> str:
    """The path of a page that somebody adds to the shop for this check."""
    path = f"/{draw.word()}"
    host.add_page(path)
    return path


@pytest.fixture
def empty_lab(request: pytest.FixtureRequest, draw: Draw) -> Iterator[Lab]:
    technique = Exercise.of(request.node.path).technique
    lab = DrawnLab(technique, draw)
    yield lab
    lab.stop()
    lab.clock.reset()


@pytest.fixture
def piece(request: pytest.FixtureRequest) -> Workpiece:
    piece: Workpiece = request.config.stash[GRADING].piece(Exercise.of(request.node.path))
    return piece


@pytest.fixture
def starting(piece: Workpiece, empty_lab: Lab) -> Iterator[Host]:
    """A host that is importing the submission while the lab is being furnished."""
    host = piece.start(empty_lab)
    yield host
    host.end()


@pytest.fixture
def host(piece: Workpiece, starting: Host) -> Host:
    piece.open(starting)
    return starting


@pytest.fixture
def furnished(empty_lab: Lab, starting: Host) -> Lab:
    whichever, apps = neighbours(empty_lab.name)
    whichever.lab = empty_lab
    labs.furnish(empty_lab, empty_lab.name, starting.app, routes(empty_lab.name), apps)
    return empty_lab


@pytest.fixture
def lab(furnished: Lab, host: Host) -> Lab:
    return furnished


@pytest.fixture
def another_process(piece: Workpiece, lab: Lab, host: Host) -> Iterator[Callable[..., Host]]:
    """Start another process of the shop over the same store. The file is imported anew: what it drew or counted when
    it was imported is not there.
    """
    with contextlib.ExitStack() as started:

        def start(at: float | None = None) -> Host:
            new = piece.fork(lab, at)
            started.callback(new.end)
            for path in host.added:
                new.add_page(path)
            return new

        yield start


@pytest.fixture
def restart_shop(lab: Lab, another_process: Callable[..., Host]) -> Callable[..., Decision]:
    """Restart the shop's process, as after an update; return the decisions of the new one.

    `restart_shop(at=moment)`: one whose time stands still at that moment (seconds since the epoch).
    """

    def restart(at: float | None = None) -> Decision:
        new = another_process(at)
        lab.add_site("shop", new.app, routes(lab.name))
        return Decision(new)

    return restart


@pytest.fixture
def two_processes(lab: Lab, host: Host, another_process: Callable[..., Host]) -> None:
    """The shop runs in two processes, as it does in production: requests take turns between them."""
    turns = itertools.cycle([host.app, another_process().app])
    lab.add_site("shop", lambda environ, start: next(turns)(environ, start), routes(lab.name))


@pytest.fixture
def decision(host: Host) -> Decision:
    return Decision(host)


@pytest.fixture
def shop(lab: Lab) -> Site:
    return lab.shop


@pytest.fixture
def alice(lab: Lab) -> Browser:
    return lab.alice


@pytest.fixture
def bob(lab: Lab) -> Browser:
    return lab.bob


@pytest.fixture
def carol(lab: Lab) -> Browser:
    return lab.carol


@pytest.fixture
def mallory(lab: Lab) -> Browser:
    return lab.mallory


@pytest.fixture
def browser(lab: Lab) -> Browser:
    """A browser that belongs to nobody."""
    return lab.browser("visitor")
