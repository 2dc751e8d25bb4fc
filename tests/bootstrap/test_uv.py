"""Packages come by uv, and by pip where uv can't be had or fails; both go by pip's settings, but for some."""

import json
import os

import pytest

PIP_CONFIG = """
[global]
timeout = 7
[install]
user = true
target = elsewhere
no-deps = false
"""


@pytest.fixture
def with_uv(course):
    """Return a course that was never started, whose packages uv can fetch."""
    course.lock("uv", uv="1.0")
    return course


def told(course):
    """Return what the stand-in for uv was told."""
    return json.loads((course.home / "uv.json").read_text())


def test_uv_installs(with_uv):
    done = with_uv.run("--no-browser")

    assert done.returncode == 0, done.stderr
    assert "Installing 2 packages" in done.stderr and "2 of 2  fetched" in done.stderr
    assert done.stderr.count("done in") == 4
    assert with_uv.version_of("tea") == "1.0"
    said = told(with_uv)
    assert said["arguments"][:5] == ["pip", "install", "--require-hashes", "--no-deps", "-r"]
    assert said["environment"]["UV_FIND_LINKS"] == with_uv.packages.as_uri()
    assert said["environment"]["UV_NO_INDEX"] == said["environment"]["UV_NO_CACHE"] == "1"
    assert "Setting up" not in with_uv.run("--no-browser").stderr


def test_where_uv_fails_pip_does_it_without_a_word(with_uv):
    (with_uv.home / "uv-fails").touch()

    done = with_uv.run("--no-browser")

    assert done.returncode == 0, done.stderr
    assert with_uv.version_of("tea") == "1.0"
    assert "error" not in done.stderr and " uv" not in done.stderr


def test_where_nothing_can_be_fetched_what_was_there_stays(with_uv):
    assert with_uv.run("--no-browser").returncode == 0
    with_uv.lock("course", jupyterlab="1.0", tea="2.0")
    (with_uv.home / "uv-fails").touch()

    nowhere = {
        "PIP_NO_INDEX": "0",
        "PIP_RETRIES": "1",
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_FIND_LINKS": "",
    }
    failed = with_uv.run("--no-browser", **nowhere)

    assert failed.returncode == 1 and "could not be fetched" in failed.stderr
    assert with_uv.version_of("tea") == "1.0"
    (with_uv.home / "uv-fails").unlink()
    assert "Making .venv" not in with_uv.run("--no-browser").stderr
    assert with_uv.version_of("tea") == "2.0"


def test_where_uv_cannot_be_had_pip_does_it_without_a_word(with_uv):
    next(with_uv.packages.glob("uv-*")).unlink()

    done = with_uv.run("--no-browser")

    assert done.returncode == 0, done.stderr
    assert with_uv.version_of("tea") == "1.0"
    assert "No matching" not in done.stderr


@pytest.mark.skipif(os.name == "nt", reason="pip's file lies elsewhere on Windows")
@pytest.mark.parametrize("kind", ["uv", "pip"])
def test_a_file_of_pips_settings_leads_nobody_astray(with_uv, kind):
    folder = with_uv.home / ".config" / "pip"
    folder.mkdir(parents=True)
    (folder / "pip.conf").write_text(PIP_CONFIG)
    if kind == "pip":
        (with_uv.home / "uv-fails").touch()

    done = with_uv.run("--no-browser")

    assert done.returncode == 0, done.stderr
    assert with_uv.version_of("tea") == "1.0"
    assert not (with_uv.folder / "elsewhere").exists()
    assert told(with_uv)["environment"]["UV_HTTP_TIMEOUT"] == "7"


def test_what_misleads_python_and_pytest_reaches_nobody(ready):
    misleading = {
        "PYTHONPATH": "/nowhere", "PYTHONOPTIMIZE": "2", "PYTHONSTARTUP": "/nowhere.py", "PYTHONHOME": "",
        "PYTEST_ADDOPTS": "--nothing", "PYTEST_PLUGINS": "nowhere", "PYTHONDONTWRITEBYTECODE": "1",
        "JUPYTER_PATH": "/nowhere", "JUPYTER_CONFIG_PATH": "/nowhere", "JUPYTERLAB_SETTINGS_DIR": "/nowhere",
    }  # fmt: skip

    done = ready.run("--no-browser", **misleading)

    assert done.returncode == 0, done.stderr
    assert not set(json.loads(done.stdout)["environment"]) & set(misleading)
