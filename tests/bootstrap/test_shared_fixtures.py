"""Browser tests skip where there is no Chromium, and fail where one is asked for; figures are printed; quick is so."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"
TESTS = """
import pytest

@pytest.mark.slow("the kettle is large")
def test_takes_long():
    pass

def test_needs_a_browser(chromium_page):
    pass

def test_counts(record_figure):
    record_figure("requests per second", 1234)
"""


@pytest.fixture
def run_without_chromium(tmp_path):
    shutil.copy(CONFTEST, tmp_path)
    (tmp_path / "test_two.py").write_text(TESTS)

    def run(required: str, *options: str) -> str:
        environment = dict(os.environ, PATH=str(tmp_path), AUTHLAB_REQUIRE_BROWSER=required)
        command = [sys.executable, "-m", "pytest", "-ra", "-p", "no:cacheprovider", "--rootdir", tmp_path, tmp_path]
        command += options
        return subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True).stdout

    return run


def test_without_chromium_browser_tests_skip_and_say_why(run_without_chromium):
    output = run_without_chromium("0")

    assert "2 passed, 1 skipped" in output
    assert "no Chromium on this machine (looked for chromium, chromium-browser, google-chrome)" in output


def test_where_a_browser_is_required_its_absence_fails(run_without_chromium):
    output = run_without_chromium("1")

    assert "2 passed" in output and "1 error" in output
    assert "AUTHLAB_REQUIRE_BROWSER=1 asks for one" in output


def test_quick_leaves_out_what_is_slow_and_says_so(run_without_chromium):
    output = run_without_chromium("0", "--quick")

    assert "1 passed, 1 skipped, 1 deselected" in output
    assert "\nquick: without " in output and "what else is slow\n" in output


def test_figures_are_printed(run_without_chromium):
    assert "requests per second: 1234" in run_without_chromium("0")


def test_a_real_chromium_shows_a_page(chromium_page):
    chromium_page.set_content("<h1>Tea</h1>")

    assert chromium_page.inner_text("h1") == "Tea"
