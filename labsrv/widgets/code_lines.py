"""Python source as data: lines of spans, each with what it is (`keyword`, `string`, …). No HTML anywhere."""

import ast
import builtins
import inspect
import io
import keyword
import textwrap
import tokenize
from collections.abc import Callable
from typing import Any

# One piece of a line: its text, its class ("" for plain), and whether the comparison marks it.
Span = tuple[str, str, bool]
# Where in a line a class holds: from, to, class.
Stretch = tuple[int, int, str]

BUILTINS = set(dir(builtins)) - set(keyword.kwlist)
KINDS = {tokenize.STRING: "string", tokenize.COMMENT: "comment", tokenize.NUMBER: "number", tokenize.OP: "operator"}
# From Python 3.12 on, an f-string is several tokens.
KINDS |= {kind: "string" for kind, name in tokenize.tok_name.items() if name.startswith(("FSTRING", "TSTRING"))}
ROUGH = (tokenize.TokenError, SyntaxError, ValueError, RecursionError, MemoryError)
LONGEST_SOURCE = 64 * 1024  # characters that are read as Python


def source_of(given: Callable[..., Any] | str) -> str:
    """Return the source of a function, or the text itself; raises `ValueError` if nobody knows it."""
    if isinstance(given, str):
        return textwrap.dedent(given)

    try:
        return textwrap.dedent(inspect.getsource(inspect.unwrap(given)))
    except (OSError, TypeError) as error:
        raise ValueError(f"The source of {given!r} is not known: give it as text.") from error


def body_of(source: str) -> list[str]:
    """Return the lines of a function without decorators and docstring; of anything else, all lines."""
    # Whatever was given is shown: text that is no Python is no error here.
    lines = source.strip("\n").expandtabs(4).splitlines()
    if len(source) > LONGEST_SOURCE:
        return lines
    try:
        (function,) = ast.parse("\n".join(lines)).body
    except ROUGH:
        return lines
    if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
        return lines

    start, first = function.lineno - 1, function.body[0]
    if ast.get_docstring(function) is None or first.lineno == function.lineno:
        return lines[start:]
    rest = lines[first.end_lineno :]
    while rest and not rest[0].strip():
        rest = rest[1:]
    return lines[start : first.lineno - 1] + (rest or ["    ..."])


def name_of(given: Callable[..., Any] | str, lines: list[str]) -> str:
    """Return what a function is called, or "" for text that defines none."""
    if not isinstance(given, str):
        return getattr(given, "__name__", "")

    words = lines[0].replace("(", " ").split() if lines else []
    return words[words.index("def") + 1] if "def" in words[:2] and len(words) > 2 else ""


def stretches(lines: list[str]) -> list[list[Stretch]]:
    """Return what is what in each line; where the source is no Python, what was read so far."""
    found: list[list[Stretch]] = [[] for _ in lines]
    before = ""
    try:
        for token in tokenize.generate_tokens(io.StringIO("\n".join(lines) + "\n").readline):
            kind = "definition" if before in ("def", "class") else kind_of(token)
            before = token.string
            if kind:
                spread(found, lines, token, kind)
    except ROUGH:
        pass
    return found


def kind_of(token: tokenize.TokenInfo) -> str:
    """Return the class of a token, "" for what looks like any other word."""
    if token.type != tokenize.NAME:
        return KINDS.get(token.type, "")
    if keyword.iskeyword(token.string):
        return "keyword"
    return "builtin" if token.string in BUILTINS else ""


def spread(found: list[list[Stretch]], lines: list[str], token: tokenize.TokenInfo, kind: str) -> None:
    """Note a token in each line that it touches."""
    (first, begin), (last, end) = token.start, token.end
    for number in range(first, min(last, len(lines)) + 1):
        start = begin if number == first else 0
        stop = end if number == last else len(lines[number - 1])
        if stop > start:
            found[number - 1].append((start, stop, kind))


def spans(line: str, kinds: list[Stretch], marks: list[tuple[int, int]]) -> list[Span]:
    """Cut a line into pieces of one class and one mark each."""
    classes, marked = [""] * len(line), [False] * len(line)
    for start, stop, kind in kinds:
        classes[start:stop] = [kind] * (stop - start)
    for start, stop in marks:
        marked[start:stop] = [True] * (stop - start)

    pieces: list[Span] = []
    for letter, kind, mark in zip(line, classes, marked, strict=True):
        if pieces and pieces[-1][1:] == (kind, mark):
            pieces[-1] = (pieces[-1][0] + letter, kind, mark)
        else:
            pieces.append((letter, kind, mark))
    return pieces
