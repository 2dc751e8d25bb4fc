"""What checks ask for by name: `lab`, `shop`, `alice`, …, `browser`, `decision`, `draw`. All are fresh per check."""

import contextlib
import itertools
from collections.abc import Callable, Iterator

import pytest

from labsrv import labs
from labsrv.grading.checks.decision import DecisionUnderTest
from labsrv.grading.checks.draw import Draw, DrawnLab
from labsrv.grading.checks.neighbours import neighbours, routes
from labsrv.grading.checks.scoring import GRADING
from labsrv.grading.course.exercises import Exercise
from labsrv.grading.forks.exercise_client import CodeUnderTest
from labsrv.grading.submission.process import SubmissionProcess
from labsrv.kit.browser.browser import Browser
from labsrv.kit.lessons.lab import Lab, Site


@pytest.fixture
def draw(request: pytest.FixtureRequest) -> Draw:
    return Draw(f"{request.config.stash[GRADING].seed} {request.node.nodeid}")


@pytest.fixture
def added_path(draw: Draw, process: SubmissionProcess) -> str:
    """The path of a page that somebody adds to the shop for this check."""
    path = draw.path()
    process.add_page(path)
    return path


@pytest.fixture
def empty_lab(request: pytest.FixtureRequest, draw: Draw) -> Iterator[Lab]:
    technique = Exercise.of(request.node.path).technique
    lab = DrawnLab(technique, draw)
    yield lab
    lab.stop()
    lab.clock.reset()


@pytest.fixture
def code_under_test(request: pytest.FixtureRequest) -> CodeUnderTest:
    return request.config.stash[GRADING].code(Exercise.of(request.node.path))


@pytest.fixture
def starting(code_under_test: CodeUnderTest, empty_lab: Lab) -> Iterator[SubmissionProcess]:
    """A process that is importing the submission while the lab is being furnished."""
    process = code_under_test.start(empty_lab)
    yield process
    process.end()


@pytest.fixture
def process(code_under_test: CodeUnderTest, starting: SubmissionProcess) -> SubmissionProcess:
    """The submission's process, with the submission imported."""
    code_under_test.open(starting)
    return starting


@pytest.fixture
def furnished(empty_lab: Lab, starting: SubmissionProcess) -> Lab:
    whichever, apps = neighbours(empty_lab.name)
    whichever.lab = empty_lab
    party = starting.party
    labs.furnish(empty_lab, empty_lab.name, starting.app, routes(empty_lab.name, party), apps, party=party)
    return empty_lab


@pytest.fixture
def lab(furnished: Lab, process: SubmissionProcess) -> Lab:
    return furnished


@pytest.fixture
def another_process(
    code_under_test: CodeUnderTest, lab: Lab, process: SubmissionProcess
) -> Iterator[Callable[..., SubmissionProcess]]:
    """Start another process of the shop over the same store. The file is imported anew: what it drew or counted when
    it was imported is not there.
    """
    with contextlib.ExitStack() as started:

        def start(at: float | None = None) -> SubmissionProcess:
            new = code_under_test.fork(lab, at)
            started.callback(new.end)
            for path, name in process.added:
                new.add_page(path, name)
            return new

        yield start


@pytest.fixture
def restart_shop(lab: Lab, another_process: Callable[..., SubmissionProcess]) -> Callable[..., DecisionUnderTest]:
    """Restart the shop's process, as after an update; return the decisions of the new one.

    `restart_shop(at=moment)`: one whose time stands still at that moment (seconds since the epoch).
    """

    def restart(at: float | None = None) -> DecisionUnderTest:
        new = another_process(at)
        lab.add_site(new.party, new.app, routes(lab.name, new.party))
        return DecisionUnderTest(new)

    return restart


@pytest.fixture
def two_processes(lab: Lab, process: SubmissionProcess, another_process: Callable[..., SubmissionProcess]) -> None:
    """The site runs in two processes, as it does in production: requests take turns between them."""
    turns = itertools.cycle([process.app, another_process().app])
    routed = routes(lab.name, process.party)
    lab.add_site(process.party, lambda environ, start: next(turns)(environ, start), routed)


@pytest.fixture
def decision(process: SubmissionProcess) -> DecisionUnderTest:
    return DecisionUnderTest(process)


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
