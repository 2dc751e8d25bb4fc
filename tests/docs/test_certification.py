"""The page on the conformance suite names tests that are there, and each module of the suite once."""

import ast
import re
from functools import cache
from itertools import product
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "certification.md").read_text(encoding="utf-8")
PLANS = re.findall(r"^## .+\nPlan `([\w-]+)`\.", PAGE, re.MULTILINE)
MODULES = re.findall(r"^\| `(oidcc-[\w-]+)` \| (.+?) \| (.+) \|$", PAGE, re.MULTILINE)
TEST = re.compile(r"(tests/[\w/]+\.py)::(\w+)(?:\[(.+)\])?")


@cache
def parsed(path):
    """Return the functions and the tables of a file by name, unread: whoever imports one needs what it needs."""
    body = ast.parse((ROOT / path).read_text(encoding="utf-8")).body
    named = [each for each in body if isinstance(each, ast.Assign) and isinstance(each.targets[0], ast.Name)]
    tables = {each.targets[0].id: each.value for each in named}
    return {each.name: each for each in body if isinstance(each, ast.FunctionDef)}, tables


def rows(path, name):
    """Return the names that pytest gives to the rows of a test, whose tables stand in its file."""
    functions, tables = parsed(path)
    drawn = []
    for decorator in functions[name].decorator_list:
        ids = next((each.value for each in decorator.keywords if each.arg == "ids"), decorator.args[1])
        table = tables[ids.id] if isinstance(ids, ast.Name) else ids
        drawn.append([ast.literal_eval(each) for each in (table.keys if isinstance(table, ast.Dict) else table.elts)])
    # The decorator that stands nearest to the function comes first.
    return ["-".join(each) for each in product(*reversed(drawn))]


def named(cell):
    """Return the tests that a cell names: file, function, and row or ""."""
    return [TEST.fullmatch(each).groups("") for each in re.findall(r"`(tests/[^`]+::[^`]+)`", cell)]


@pytest.mark.parametrize(("looks_at", "here"), [each[1:] for each in MODULES], ids=[each[0] for each in MODULES])
def test_a_module_has_a_test_that_is_there_or_a_reason(looks_at, here):
    assert looks_at.endswith(".")
    assert named(here) or here.startswith("None: ")
    for path, function, row in named(here):
        assert function in parsed(path)[0], f"{path} has no {function}"
        assert not row or row in rows(path, function), f"{function} has no row {row}"


def test_each_module_and_each_plan_stands_once():
    lines = [line for line in PAGE.splitlines() if line.startswith("| `")]
    modules = [name for name, *_ in MODULES]

    assert len(lines) == len(modules) == len(set(modules))
    assert len(PLANS) == len(set(PLANS)) == PAGE.count("\n## ")


def test_it_says_at_the_top_what_it_is_not():
    assert PAGE.splitlines()[2].startswith("**Authlab is not certified, and the suite was not run.**")


def test_lines_fit_the_house():
    assert [line for line in PAGE.splitlines() if len(line) > 120 and not line.startswith("|")] == []
