"""What checks ask for by name: `lab`, `shop`, `alice`, …, `browser`, `decision`, `draw`. All are fresh per check."""

import contextlib
import random
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import pytest
from werkzeug.routing import Map

from labsrv import labs
from labsrv.grading.course import Exercise
from labsrv.grading.hosts import Answer, Host, Raised
from labsrv.grading.plugin import GRADING
from labsrv.kit.browser import Browser
from labsrv.kit.lab import Lab, Site
from labsrv.kit.names import FirstPlace
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
        people = {
            role: Person(f"{role}-{self.getrandbits(20):05x}", self.password(), person.role)
            for role, person in cast().items()
        }
        # Numbers follow from names; in the rare case that two people would share one, others come.
        return people if len({each.phone for each in people.values()}) == len(people) else self.people()


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
    lab = Lab(technique, place=FirstPlace(), hash_cost="low", listens=False)
    try:
        return labs.complete(technique, {})(lab).url_map
    finally:
        lab.stop()


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Draw:
    return Draw(f"{request.config.stash[GRADING].seed} {request.node.nodeid}")


@pytest.fixture
def added_path(draw: Draw) -> str:
    """The path of a page that somebody adds to the shop for this check."""
    return f"/{draw.word()}"


@pytest.fixture
def empty_lab(request: pytest.FixtureRequest, draw: Draw) -> Iterator[Lab]:
    technique = Exercise.of(request.node.path).technique
    lab = Lab(
        technique,
        place=FirstPlace(),
        people=draw.people(),
        hash_cost="low",
        report=lambda exchange: None,
        listens=False,
    )
    yield lab
    lab.stop()
    lab.clock.reset()


@pytest.fixture
def host(request: pytest.FixtureRequest, empty_lab: Lab, added_path: str) -> Iterator[Host]:
    workshop = request.config.stash[GRADING].workshop(Exercise.of(request.node.path))
    host = workshop.fork(empty_lab, [added_path])
    yield host
    host.end()


@pytest.fixture
def lab(empty_lab: Lab, host: Host) -> Lab:
    labs.furnish(empty_lab, empty_lab.name, host.app, routes(empty_lab.name))
    return empty_lab


@pytest.fixture
def restart_shop(request: pytest.FixtureRequest, lab: Lab, added_path: str) -> Iterator[Callable[[], Decision]]:
    """Restart the shop's process over the same store, as after an update; return the decisions of the new one."""
    with contextlib.ExitStack() as started:

        def restart() -> Decision:
            # The file is imported again: what it drew or counted when it was imported is gone.
            grading = request.config.stash[GRADING]
            workshop = started.enter_context(grading.new_workshop(Exercise.of(request.node.path)))
            host = workshop.fork(lab, [added_path])
            started.callback(host.end)
            lab.add_site("shop", host.app, routes(lab.name))
            return Decision(host)

        yield restart


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
