"""lab.py must be readable by the Pythons that it refuses."""

import ast
import shutil
import subprocess
import tokenize
from pathlib import Path

import pytest

LAB = Path(__file__).parents[2] / "lab.py"
TREE = ast.parse(LAB.read_text(encoding="utf-8"))
OLD_PYTHONS = ["python2.7", "python3.5", "python3.6", "python3.7", "python3.8", "python3.9", "python3.10"]


def uses(*kinds: type) -> bool:
    return any(isinstance(node, kinds) for node in ast.walk(TREE))


def has_an_annotation() -> bool:
    functions = [node for node in ast.walk(TREE) if isinstance(node, ast.FunctionDef)]
    arguments = [node for node in ast.walk(TREE) if isinstance(node, ast.arg)]
    return any(function.returns for function in functions) or any(argument.annotation for argument in arguments)


def has_keyword_only_arguments() -> bool:
    return any(node.kwonlyargs or node.posonlyargs for node in ast.walk(TREE) if isinstance(node, ast.arguments))


def raises_from() -> bool:
    return any(node.cause for node in ast.walk(TREE) if isinstance(node, ast.Raise))


def has_two_with_items() -> bool:
    return any(len(node.items) > 1 for node in ast.walk(TREE) if isinstance(node, ast.With))


def has_a_starred_value() -> bool:
    """Tell whether `*` stands in an assignment or a list, or twice in a call."""
    lists = [node for node in ast.walk(TREE) if isinstance(node, (ast.List, ast.Tuple, ast.Set))]
    calls = [node for node in ast.walk(TREE) if isinstance(node, ast.Call)]
    starred = [sum(isinstance(value, ast.Starred) for value in node.elts) for node in lists]
    return any(starred) or any(sum(isinstance(value, ast.Starred) for value in call.args) > 1 for call in calls)


def has_a_prefix_or_a_number_of_today() -> bool:
    """Tell whether a string is u"..." or a number has underscores."""
    with LAB.open("rb") as file:
        tokens = list(tokenize.tokenize(file.readline))
    strings = [token.string for token in tokens if token.type == tokenize.STRING]
    numbers = [token.string for token in tokens if token.type == tokenize.NUMBER]
    return any(string[0] in "uU" for string in strings) or any("_" in number for number in numbers)


TOO_NEW = {
    "f-strings": lambda: uses(ast.JoinedStr),
    "annotations": lambda: uses(ast.AnnAssign) or has_an_annotation(),
    "the walrus": lambda: uses(ast.NamedExpr),
    "match": lambda: uses(ast.Match),
    "async": lambda: uses(ast.AsyncFunctionDef, ast.Await, ast.AsyncFor, ast.AsyncWith),
    "nonlocal and yield from": lambda: uses(ast.Nonlocal, ast.YieldFrom),
    "keyword-only arguments": has_keyword_only_arguments,
    "raise from": raises_from,
    "with of two things": has_two_with_items,
    "a star in a list": has_a_starred_value,
    "matrix multiplication": lambda: uses(ast.MatMult),
    "u-strings and 1_000": has_a_prefix_or_a_number_of_today,
    "letters beyond ASCII": lambda: not LAB.read_bytes().isascii(),
}


@pytest.mark.parametrize("used", TOO_NEW.values(), ids=TOO_NEW)
def test_lab_does_without(used):
    assert not used()


@pytest.mark.parametrize("name", OLD_PYTHONS)
def test_a_real_old_python_reads_it_and_says_so(name, tmp_path):
    python = shutil.which(name)
    if not python or subprocess.run([python, "--version"], capture_output=True).returncode:
        pytest.skip(f"no {name} on this machine")

    said = subprocess.run([python, "-B", LAB], capture_output=True, text=True, cwd=tmp_path)

    assert said.returncode == 1
    assert "The course needs Python 3.11 or newer; this is Python" in said.stderr
    assert "Traceback" not in said.stderr
