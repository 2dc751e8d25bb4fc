"""Mutants: a solution in which one thing is different, made by machine.

mutants = mutants_of(source)        each has a `name`, which says what is different, and its `source`

What checks should notice is what the decisions do: docstrings, imports, annotations and messages of errors stay as they
are. Two that are the same program are one, and one that is the solution is none.
"""

import ast
import difflib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from labsrv.grading.proving.rules import RULES
from labsrv.grading.proving.source_text import Edit, SourceText

LEFT_ALONE = ("annotation", "returns", "decorator_list", "type_comment")
WHOLE = (ast.JoinedStr, ast.Raise)  # what stands in them is left alone
NOT_RUN = {"TYPE_CHECKING", "__name__"}


@dataclass(frozen=True)
class Mutant:
    """One change of a solution: where (a function or constant, and a line), what is different, and the whole source."""

    name: str
    place: str
    line: int
    source: str
    original: str

    def diff(self) -> str:
        """Return what is different as a unified diff."""
        lines = difflib.unified_diff(
            self.original.splitlines(), self.source.splitlines(), "solution", "mutant", lineterm="", n=3
        )
        return "\n".join(lines)


@cache
def mutants_of(source: str) -> list[Mutant]:
    """Return all mutants of a source, in the order of its lines; of what is no program, none."""
    if parsed(source) is None:
        return []
    text = SourceText(source)
    seen, names = {ast.dump(text.tree)}, Counter[str]()
    mutants = []
    for place, node in changeable(text.tree):
        for edit in edits_of(text, node):
            program = parsed(text.with_edit(edit))
            if program is None or ast.dump(program) in seen:
                continue
            seen.add(ast.dump(program))
            name = f"{place}: {said(edit)}"
            names[name] += 1
            numbered = f"{name} ({names[name]})" if names[name] > 1 else name
            line = source.count("\n", 0, edit.start) + 1
            mutants.append(Mutant(numbered, place, line, text.with_edit(edit), source))
    return sorted(mutants, key=lambda each: each.line)


def edits_of(text: SourceText, node: ast.AST) -> Iterator[Edit]:
    """Yield all edits of a node."""
    for types, rule in RULES:
        if isinstance(node, types):
            yield from (edit for edit in rule(text, node) if edit)


def changeable(node: ast.AST, place: str = "the module") -> Iterator[tuple[str, ast.AST]]:
    """Yield the nodes that may be changed, each with the function or constant that it stands in."""
    if is_left_alone(node):
        return
    yield place, node
    if isinstance(node, WHOLE):
        return
    for field, value in ast.iter_fields(node):
        if field in LEFT_ALONE:
            continue
        for child in value if isinstance(value, list) else [value]:
            if isinstance(child, ast.AST):
                yield from changeable(child, name_of(child) or place)


def is_left_alone(node: ast.AST) -> bool:
    """Tell whether a piece of code decides nothing."""
    if isinstance(node, ast.If):
        return bool(NOT_RUN & {each.id for each in ast.walk(node.test) if isinstance(each, ast.Name)})
    is_text = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    return is_text or isinstance(node, ast.Import | ast.ImportFrom | ast.arg)


def name_of(node: ast.AST) -> str | None:
    """Return the name of a function, or of a constant that is set."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        return node.name
    if isinstance(node, ast.Assign) and node.col_offset == 0:
        return ast.unparse(node.targets[0]).strip("()")
    return None


def said(edit: Edit) -> str:
    """Return what is different in words."""
    return f"{edit.before} → {edit.after}" if edit.after else f"without {edit.before}"


def parsed(source: str) -> ast.Module | None:
    """Return the syntax tree, or None for what is no program."""
    try:
        return ast.parse(source)
    except (SyntaxError, ValueError):
        return None
