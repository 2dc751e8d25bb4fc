"""The locks are whole, pinned, hashed, and name no address."""

import importlib.metadata
import re
import tomllib
from pathlib import Path

import pytest
from packaging.markers import default_environment
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = {"the course": "requirements.lock", "the tests": "requirements-test.lock"}
ALL_LOCKS = {**LOCKS, "uv": "requirements-uv.lock"}
each_of_all = pytest.mark.parametrize("lock", ALL_LOCKS.values(), ids=ALL_LOCKS)
each_lock = pytest.mark.parametrize("lock", LOCKS.values(), ids=LOCKS)


def entries(lock: str) -> list[str]:
    """Return the requirements of a lock, each with its hashes, as one line."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    return [line for line in text.replace("\\\n", " ").splitlines() if line.strip()]


def requirements(lock: str) -> dict[str, Requirement]:
    """Return what is locked by name; of several versions of one package, the one that is for here."""
    parsed = [Requirement(entry.split("--hash")[0].strip()) for entry in entries(lock)]
    for_here_last = sorted(parsed, key=lambda one: one.marker is None or one.marker.evaluate())
    return {canonicalize_name(one.name): one for one in for_here_last}


def project() -> dict:
    return tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@each_of_all
def test_every_requirement_is_pinned(lock):
    parsed = [Requirement(entry.split("--hash")[0].strip()) for entry in entries(lock)]
    loose = [str(one) for one in parsed if not re.fullmatch(r"==[^,*]+", str(one.specifier))]

    assert not loose


@each_of_all
def test_every_requirement_has_a_sha256(lock):
    assert not [entry for entry in entries(lock) if not re.search(r"--hash=sha256:[0-9a-f]{64}\b", entry)]


@each_of_all
def test_no_address_is_named(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")

    assert "://" not in text
    assert "index-url" not in text


@each_lock
def test_the_projects_dependencies_are_covered(lock):
    asked = project()["dependencies"] + (project()["optional-dependencies"]["test"] if "test" in lock else [])
    have = requirements(lock)

    for requirement in map(Requirement, asked):
        [pin] = have[canonicalize_name(requirement.name)].specifier
        assert requirement.specifier.contains(pin.version), requirement


@each_lock
def test_the_lock_is_complete(lock):
    """What a locked package needs is locked too: lab.py installs without looking for more."""
    have = requirements(lock)
    here = {name for name, one in have.items() if one.marker is None or one.marker.evaluate()}
    needed = {
        canonicalize_name(requirement.name)
        for name in here
        for requirement in map(Requirement, importlib.metadata.requires(name) or [])
        if requirement.marker is None or requirement.marker.evaluate(default_environment() | {"extra": ""})
    }

    assert needed <= here


def test_the_tests_use_the_courses_versions():
    course, tests = requirements("requirements.lock"), requirements("requirements-test.lock")

    assert {name: str(one) for name, one in tests.items() if name in course} == {n: str(o) for n, o in course.items()}


@each_lock
def test_the_maintained_passlib_is_the_one(lock):
    """libpass provides `passlib`; the old passlib of the same import name may not come with it."""
    assert "libpass" in requirements(lock)
    assert "passlib" not in requirements(lock)
