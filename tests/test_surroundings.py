"""What of the surroundings reaches our processes: as little, whichever way one comes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from labsrv.surroundings import MISLEADING

ROOT = Path(__file__).parents[1]
PASSED = ["check", "00_start_here/00_template", "--submission", "solutions", "--json"]
WAYS = {"authlab": ["-c", "from labsrv.__main__ import main; main()"], "-m labsrv": ["-m", "labsrv"]}


def test_the_first_command_knows_the_same():
    words = (ROOT / "lab.py").read_text().split("MISLEADING = (")[1].split(")")[0]

    assert sorted(MISLEADING) == sorted(word for word in words.split('"') if word[:1].isupper())


@pytest.fixture
def another_project(tmp_path):
    """A folder of somebody else's packages, called as some are that we import."""
    for name in ("rich", "mongomock", "labels"):
        (tmp_path / f"{name}.py").write_text("raise SystemExit('this is another project')")
    return str(tmp_path)


MISLED = {
    "nothing": {},
    "another project's packages": {"PYTHONPATH": "{project}"},
    "no asserts and no docstrings": {"PYTHONOPTIMIZE": "2"},
    "options for pytest": {"PYTEST_ADDOPTS": "--exitfirst --nothing-like-that", "PYTEST_PLUGINS": "nowhere"},
    "all of it": {"PYTHONPATH": "{project}", "PYTHONOPTIMIZE": "1", "PYTEST_PLUGINS": "nowhere", "PYTHONINSPECT": "1"},
}


@pytest.mark.slow("starts a command")
@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
@pytest.mark.parametrize("misled", MISLED.values(), ids=MISLED)
def test_a_check_is_the_same(another_project, misled, way):
    environment = {name: value.format(project=another_project) for name, value in misled.items()}
    done = subprocess.run(
        [sys.executable, *way, *PASSED],
        env={**os.environ, **environment}, cwd=ROOT, capture_output=True, text=True, stdin=subprocess.DEVNULL,
    )  # fmt: skip

    assert done.returncode == 0, done.stderr[-2_000:]
    report = json.loads(done.stdout)
    assert report["points"] == report["out_of"] > 0


@pytest.mark.skipif(os.name == "nt", reason="a shell of Unix closes it")
@pytest.mark.parametrize("closed", ["<&-", "2>&-", "<&- 2>&-"])
def test_a_check_does_without_what_is_closed(closed):
    command = f'"{sys.executable}" -m labsrv {" ".join(PASSED)} {closed}'
    done = subprocess.run(["sh", "-c", command], cwd=ROOT, stdout=subprocess.PIPE, text=True)

    assert done.returncode == 0
    assert json.loads(done.stdout)["points"] > 0


def test_pytest_itself_refuses_to_check_without_asserts():
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "exercises/00_start_here", "-q", "-n0"],
        cwd=ROOT, env={**os.environ, "PYTHONOPTIMIZE": "2"}, capture_output=True, text=True,
    )  # fmt: skip

    assert done.returncode != 0
    assert "python -O" in done.stderr
    assert " points" not in done.stdout


@pytest.mark.skipif(os.name == "nt", reason="Unix's")
@pytest.mark.parametrize("umask", [0o022, 0o027, 0o077])
def test_a_check_is_the_same_for_whoever_keeps_files_to_themselves(umask):
    done = subprocess.run(
        [sys.executable, "-m", "labsrv", *PASSED], cwd=ROOT, capture_output=True, text=True, umask=umask
    )

    assert done.returncode == 0, done.stdout[-2_000:]
