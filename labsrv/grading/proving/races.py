"""Which checks have a race in them: requests that meet, one that is held, or a shop that runs in two processes."""

import ast
from pathlib import Path

from labsrv.grading.course.exercises import Exercise, functions

RACING = {"at_once", "under_way", "two_processes", "gate", "hold"}


def racing(exercise: Exercise) -> list[str]:
    """Return the names of an exercise's checks with a race in them."""
    return racing_in(exercise.checks)


def racing_in(checks: Path) -> list[str]:
    """Return the names of the checks in a file that ask for a race, by themselves or through a function beside them."""
    known = functions(checks)
    uses = {name: names_in(each) for name, each in known.items()}
    found = {name for name in known if uses[name] & RACING}
    while more := {name for name in known if uses[name] & found} - found:
        found |= more
    return [name for name in known if name in found and name.startswith("test_")]


def names_in(node: ast.FunctionDef) -> set[str]:
    """Return the names that stand somewhere in a function's body or among its parameters; not what it comes after."""
    parts = [node.args, *node.body]
    return {name for part in parts for each in ast.walk(part) for name in names_of(each)}


def names_of(node: ast.AST) -> list[str]:
    """Return the name that a node is, reads, or takes."""
    if isinstance(node, ast.Name):
        return [node.id]
    if isinstance(node, ast.Attribute):
        return [node.attr]
    return [node.arg] if isinstance(node, ast.arg) else []
