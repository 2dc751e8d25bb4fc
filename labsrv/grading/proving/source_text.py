"""A source as text and as a tree at once: where a node stands, so that it can be changed and all else left alone."""

import ast
from collections.abc import Sequence
from dataclasses import dataclass

# What needs no parentheses around it.
ATOMS = (
    *(ast.Attribute, ast.Call, ast.Constant, ast.Dict, ast.GeneratorExp),
    *(ast.JoinedStr, ast.List, ast.Name, ast.Set, ast.Subscript),
)


@dataclass(frozen=True)
class Edit:
    """What takes the place of a piece of a source, from `start` to `end`; `before` and `after` tell what changes."""

    start: int
    end: int
    text: str
    before: str
    after: str


class SourceText:
    """A Python source, its syntax tree, and the way from one to the other."""

    def __init__(self, source: str):
        self.source = source
        self.tree = ast.parse(source)
        self.lines = source.splitlines(keepends=True)
        self.starts = [0]
        for line in self.lines:
            self.starts.append(self.starts[-1] + len(line))
        self.parents = {child: parent for parent in ast.walk(self.tree) for child in ast.iter_child_nodes(parent)}

    def place(self, line: int, column: int) -> int:
        """Return the offset in characters of a node's line and column, which Python counts in bytes."""
        return self.starts[line - 1] + len(self.lines[line - 1].encode()[:column].decode())

    def start(self, node: ast.AST) -> int:
        """Return where a node begins; a keyword's `**` belongs to it."""
        stars = 2 if isinstance(node, ast.keyword) and node.arg is None else 0
        return self.place(node.lineno, node.col_offset) - stars  # type: ignore[attr-defined]

    def end(self, node: ast.AST) -> int:
        """Return where a node ends."""
        return self.place(node.end_lineno, node.end_col_offset)  # type: ignore[attr-defined]

    def of(self, *nodes: ast.AST) -> str:
        """Return the text of a node, or of all from the first to the last."""
        return self.source[self.start(nodes[0]) : self.end(nodes[-1])]

    def atom(self, node: ast.expr) -> str:
        """Return the text of an expression as it may stand anywhere."""
        return self.of(node) if isinstance(node, ATOMS) else f"({self.of(node)})"

    def put(self, node: ast.AST, text: str, within: ast.AST | None = None) -> Edit:
        """Return the edit that puts a text in a node's place, told by what it does to `within` or to the node."""
        return self.edit(self.start(node), self.end(node), text, within or node)

    def edit(self, start: int, end: int, text: str, within: ast.AST) -> Edit:
        """Return the edit of a piece of a node."""
        first, last = self.start(within), self.end(within)
        after = self.source[first:start] + text + self.source[end:last]
        return Edit(start, end, text, one_line(self.source[first:last]), one_line(after))

    def token(self, left: ast.AST, right: ast.AST, old: str, new: str, within: ast.AST) -> Edit | None:
        """Return the edit of an operator between two nodes."""
        start = self.end(left)
        at = self.source.find(old, start, self.start(right))
        return None if at < 0 else self.edit(at, at + len(old), new, within)

    def leave_out(self, items: Sequence[tuple[ast.AST, ast.AST]], number: int) -> Edit:
        """Return the edit that leaves out one of several items between commas, each with its first and last node."""
        first, last = items[number]
        start, end = self.start(first), self.end(last)
        if number + 1 < len(items):
            end = self.start(items[number + 1][0])
        elif number:
            start = self.end(items[number - 1][1])
        return Edit(start, end, "", one_line(self.of(first, last)), "")

    def with_edit(self, edit: Edit) -> str:
        """Return the source with an edit made."""
        return self.source[: edit.start] + edit.text + self.source[edit.end :]


def one_line(text: str) -> str:
    """Return a text on one line."""
    return " ".join(text.split())
