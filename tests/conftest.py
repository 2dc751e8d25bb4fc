"""What tests of all rooms share: a real Chromium where there is one, and figures worth printing."""

import os
import shutil
from collections.abc import Callable, Iterator
from typing import Any

import pytest

CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
QUIET_CHROMIUM = [
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-gpu",
    "--disable-quic",
]
FIGURES = pytest.StashKey[list[tuple[str, object]]]()


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

    # Chromium refuses its sandbox to root.
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=QUIET_CHROMIUM + root)
        yield browser
        browser.close()


@pytest.fixture
def chromium_page(chromium_browser: Any) -> Iterator[Any]:
    """Yield a page of a fresh profile (a playwright `Page`): no cookie of another test is in it."""
    context = chromium_browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def record_figure(pytestconfig: pytest.Config) -> Callable[[str, object], None]:
    """Return `record_figure(name, value)`: what it is given is printed under "Figures" when the tests are done."""
    figures = pytestconfig.stash.setdefault(FIGURES, [])

    def record(name: str, value: object) -> None:
        figures.append((name, value))

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    figures = config.stash.get(FIGURES, [])
    if figures:
        terminalreporter.section("Figures")
    for name, value in figures:
        terminalreporter.write_line(f"{name}: {value}")
