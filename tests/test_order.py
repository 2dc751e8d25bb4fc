"""Rooms and files that tests/conftest.py treats in ways of their own are there: a stale name would do nothing."""

from pathlib import Path

import pytest

from tests.conftest import FIRST, GROWING, LEFT_OUT

ROOT = Path(__file__).parents[1]
FILES = [path.relative_to(ROOT).as_posix() for path in (ROOT / "tests").rglob("test_*.py")]


@pytest.mark.parametrize("name", sorted({*FIRST, *GROWING, *LEFT_OUT}))
def test_a_name_in_conftest_has_tests(name):
    assert [file for file in FILES if file.startswith(name)]
