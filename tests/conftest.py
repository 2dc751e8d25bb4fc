"""What tests of all rooms share: a real Chromium where there is one, figures worth printing, and several cores.

`--quick` leaves out what takes long: whoever edits asks in a minute or so, and runs all of them before handing in.
On several cores (`-n`, pytest-xdist) one file's tests stay together on one of them, for the sake of what they share.
"""

import gc
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
# Parts of the browser's own window that are pages themselves, and that nobody sees here: half of what a page costs. The
# last list of features is the one that counts for Chromium, so that playwright's own stand in it as well.
OWN_WINDOW = "InitialWebUI PreloadTopChromeWebUI WebUIOmniboxAimPopup WebUIOmniboxPopup WebUIReloadButton WebUITabStrip"
PLAYWRIGHTS = (
    "AimEnabled AvoidCorsURLLoaderRestartOnRedirect AvoidUnnecessaryBeforeUnloadCheckSync DestroyProfileOnBrowserClose"
    " HttpsFirstBalancedModeAutoEnable HttpsUpgrades LensOverlay MediaRouter NetworkTimeServiceQuerying"
    " OptimizationHints PaintHolding PreconnectToSearch TcpPortRandomizationWin ThirdPartyStoragePartitioning"
)
QUIET_CHROMIUM = [
    f"--disable-features={','.join((OWN_WINDOW + ' ' + PLAYWRIGHTS).split())}",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
]
FIGURES = pytest.StashKey[list[tuple[str, str]]]()
OWN_FOLDER = pytest.StashKey[str]()

# Rooms whose tests take longest begin first, so that no core is left alone with one of them at the end.
FIRST = ("tests/browser/", "tests/notebooks/", "tests/bootstrap/", "tests/kit/chromium/", "tests/grading/")
# Files that grow with every lesson: only rows of one lesson or exercise stay together there.
GROWING = ("tests/notebooks/test_execution.py", "tests/test_exercises.py")
# A room that sets up what all of its files share, which takes long.
SHARING = "tests/bootstrap/"


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of this machine's Chromium; skip where there is none, fail where one is required."""
    for name in CHROMIUM_NAMES:
        if path := shutil.which(name):
            return path

    missing = f"no Chromium on this machine (looked for {', '.join(CHROMIUM_NAMES)})"
    if os.environ.get("AUTHLAB_REQUIRE_BROWSER") == "1":
        pytest.fail(f"{missing}, and AUTHLAB_REQUIRE_BROWSER=1 asks for one")
    pytest.skip(missing)


@pytest.fixture(scope="session")
def chromium_browser(chromium: str) -> Iterator[Any]:
    """Yield one running headless Chromium for the whole session (a playwright `Browser`)."""
    from playwright.sync_api import sync_playwright

    from tests.patience import IN_MILLISECONDS

    # Chromium refuses its sandbox to root.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=chromium, args=QUIET_CHROMIUM + root, timeout=IN_MILLISECONDS
        )
        browser.on("context", lambda context: context.set_default_timeout(IN_MILLISECONDS))
        yield browser
        browser.close()


@pytest.fixture
def chromium_page(chromium_browser: Any) -> Iterator[Any]:
    """Yield a page of a fresh profile (a playwright `Page`): no cookie of another test is in it."""
    from tests.browser.jupyter import AS_THE_SYSTEM

    context = chromium_browser.new_context(color_scheme=AS_THE_SYSTEM)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def jupyter_server(chromium: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Yield the one JupyterLab of this process: it serves whatever folder pytest makes for a test."""
    from tests.browser.server import Server

    with Server(tmp_path_factory.getbasetemp(), tmp_path_factory.mktemp("jupyter")) as server:
        yield server


@pytest.fixture(scope="session")
def record_figure(pytestconfig: pytest.Config) -> Callable[[str, object], None]:
    """Return `record_figure(name, value)`: what it is given is printed under "Figures" when the tests are done."""
    figures = pytestconfig.stash.setdefault(FIGURES, [])

    def record(name: str, value: object) -> None:
        figures.append((name, str(value)))

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash.get(FIGURES, [])
    shared = config.getoption("numprocesses", None)
    if figures:
        terminalreporter.section(
            f"Figures, measured while {shared} processes shared the cores" if shared else "Figures"
        )
    for name, value in sorted(figures):
        terminalreporter.write_line(f"{name}: {value}")


# Quick ---------------------------------------------------------------------------------------------------------------

# What `--quick` leaves out as a whole, and what takes its time there. A test elsewhere that takes long is `slow`.
LEFT_OUT = {
    "tests/bootstrap/": "virtual environments",
    "tests/browser/": "JupyterLab in a browser",
    "tests/grading/checks/": "checks that are run",
    "tests/grading/classroom/": "whole classes",
    "tests/grading/forks/": "processes that fork",
    "tests/grading/proving/": "proofs of checks",
    "tests/grading/sandbox/": "sandboxes",
    "tests/grading/submission/": "submissions that go wrong",
    "tests/grading/test_hostile": "hostile submissions",
    "tests/kernel/": "kernels",
    "tests/kit/chromium/": "a real browser beside ours",
    "tests/notebooks/test_execution": "whole notebooks",
    "tests/provider/peers/": "clients in JavaScript",
}


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--quick", action="store_true", help="leave out what takes long, and say what that is")


def is_quick(config: pytest.Config) -> bool:
    """Say whether what takes long is left out."""
    return bool(config.getoption("quick", False))


def pytest_report_header(config: pytest.Config) -> str | None:
    """Say what is left out, where something is."""
    left_out = ", ".join((*LEFT_OUT.values(), "most near misses and mutants", "what else is slow"))
    return f"quick: without {left_out}" if is_quick(config) else None


def pytest_ignore_collect(collection_path: Path, config: pytest.Config) -> bool | None:
    """Do not even read what is left out."""
    if not is_quick(config):
        return None

    place = collection_path.as_posix().removeprefix(f"{config.rootpath.as_posix()}/")
    return True if f"{place}/".startswith(tuple(LEFT_OUT)) else None


def leave_out_slow(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Take the tests marked `slow` out of the list."""
    config.hook.pytest_deselected(items=[item for item in items if item.get_closest_marker("slow")])
    items[:] = [item for item in items if not item.get_closest_marker("slow")]


# Several cores -------------------------------------------------------------------------------------------------------


def pytest_configure(config: pytest.Config) -> None:
    """Give each of several processes a temporary folder of its own: in it, the labs alive number themselves."""
    if hasattr(config, "workerinput"):
        folder = config.stash[OWN_FOLDER] = tempfile.mkdtemp(prefix="al-")
        # Short: sockets lie in it, and a socket's address has 108 bytes at most.
        os.environ["TMPDIR"] = tempfile.tempdir = folder


def pytest_unconfigure(config: pytest.Config) -> None:
    if folder := config.stash.get(OWN_FOLDER, None):
        shutil.rmtree(folder, ignore_errors=True)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if is_quick(config):
        leave_out_slow(config, items)
    if hasattr(config, "workerinput"):
        items.sort(key=lambda item: [not item.nodeid.startswith(room) for room in FIRST])


def pytest_collection_finish() -> None:
    """Keep the garbage collector from looking at thousands of tests again and again: they stay until the end."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep together what belongs together."""
    from xdist.scheduler import LoadScopeScheduling

    class ByFile(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return belongs_to(nodeid)

    config.option.loadscopereorder = False
    return ByFile(config, log)


def belongs_to(nodeid: str) -> str:
    """Return the file of a test, its room if that shares more, and its row's lesson where the file grows with them."""
    if nodeid.startswith(SHARING):
        return SHARING
    file, _, test = nodeid.partition("::")
    row = test.partition("[")[2].rstrip("]").split("/")
    return f"{file}[{'/'.join(row[:2])}]" if file in GROWING else file


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Send the figures of this process to the one that prints them."""
    if hasattr(session.config, "workeroutput"):
        session.config.workeroutput["figures"] = session.config.stash.get(FIGURES, [])


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    """Take in the figures of a process that has ended."""
    figures = node.config.stash.setdefault(FIGURES, [])
    figures.extend(map(tuple, getattr(node, "workeroutput", {}).get("figures", [])))
