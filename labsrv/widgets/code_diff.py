"""Two functions side by side, the difference marked down to words.

    CodeDiff(secure("sessions", "begin_session"), flaws.keep_the_planted_id)
    CodeDiff(before_text, after_text, names=("before", "after"))

Decorators and docstrings are left out: they always differ, and say nothing about what the code does.
"""

import itertools
import re
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

import traitlets

from labsrv.widgets.base import View
from labsrv.widgets.code_lines import body_of, name_of, source_of, spans, stretches

Pair = tuple[int | None, int | None]

# A string counts as one word, so that a mark never begins in the middle of one.
WORD = re.compile(r"""\"[^\"]*\"|'[^']*'|\w+|\s+|[^\w\s]""")
ALIKE = 0.5
MOST_PAIRS = 10_000
MOST_LINES = 2_000


class CodeDiff(View):
    """Shows secure code beside flawed code. Either is a function or source text; `names` stand above them.

    A row is [left, right, sign]: a line is None or [number, spans], the sign "" (the same), "~" (changed), "+" (only
    on the left), "−" (only on the right), "±" (two lines that have nothing in common, beside each other).
    """

    titles = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)

    def __init__(
        self,
        secure: Callable[..., Any] | str,
        flawed: Callable[..., Any] | str,
        *,
        names: tuple[str, str] = ("secure", "flawed"),
        **options: Any,
    ):
        left, right = (body_of(source_of(given))[:MOST_LINES] for given in (secure, flawed))
        called = name_of(secure, left), name_of(flawed, right)
        titles = [f"{name}: {function}" if function else name for name, function in zip(names, called, strict=True)]
        super().__init__(titles=titles, rows=compare_lines(left, right, called), **options)

    def as_text(self) -> str:
        """Return the two one below the other, changed lines marked by their signs."""
        return "\n".join(part for side in (0, 1) for part in (self.titles[side], *lines_of(self.rows, side)))


def lines_of(rows: list[list[Any]], side: int) -> list[str]:
    """Return the lines of one side with their signs before them."""
    return [f"{row[2] or ' '} {''.join(span[0] for span in row[side][1])}" for row in rows if row[side]]


def compare_lines(left: list[str], right: list[str], called: tuple[str, str] = ("", "")) -> list[list[Any]]:
    """Return the rows of a comparison; that the functions' own names differ is no difference."""
    kinds = stretches(left), stretches(right)
    rows = []
    for a, b in pair_lines(left, under(right, called[1], called[0])):
        one, other = left[a] if a is not None else None, right[b] if b is not None else None
        marks = differences(one, other, called)
        sides = [
            None if index is None else [index + 1, spans(lines[index], known[index], marked)]
            for index, lines, known, marked in ((a, left, kinds[0], marks[0]), (b, right, kinds[1], marks[1]))
        ]
        sign = "+" if other is None else "−" if one is None else "~" if any(marks) else ""
        rows.append([*sides, sign])
    return beside(rows)


def under(lines: list[str], name: str, other: str) -> list[str]:
    """Return the lines with the function called by another name where it is defined."""
    if not (lines and name and other):
        return lines
    return [lines[0].replace(f"def {name}(", f"def {other}(", 1), *lines[1:]]


def pair_lines(left: list[str], right: list[str]) -> list[Pair]:
    """Return which line stands beside which: equal ones, then those that resemble each other."""
    pairs: list[Pair] = []
    for kind, a, b, c, d in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if kind == "equal":
            pairs += zip(range(a, b), range(c, d), strict=True)
        else:
            pairs += [
                (None if i is None else a + i, None if j is None else c + j)
                for i, j in resembling(left[a:b], right[c:d])
            ]
    return pairs


def resembling(left: list[str], right: list[str]) -> list[Pair]:
    """Return the pairing, in order, with the greatest likeness in all; what resembles nothing stands alone."""
    if len(left) * len(right) > MOST_PAIRS:
        return [(i, None) for i in range(len(left))] + [(None, j) for j in range(len(right))]

    # From the end backwards: the best pairing of the rest is known before the lines in front of it are looked at.
    likes = [[likeness(one, other) for other in right] for one in left]
    best = [[0.0] * (len(right) + 1) for _ in range(len(left) + 1)]
    for i in reversed(range(len(left))):
        for j in reversed(range(len(right))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], likes[i][j] and likes[i][j] + best[i + 1][j + 1])

    # Ties go to the left: what was there stands before what takes its place.
    pairs: list[Pair] = []
    i = j = 0
    while i < len(left) and j < len(right):
        if likes[i][j] and best[i][j] == likes[i][j] + best[i + 1][j + 1]:
            pairs, i, j = [*pairs, (i, j)], i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs, i = [*pairs, (i, None)], i + 1
        else:
            pairs, j = [*pairs, (None, j)], j + 1
    return [*pairs, *((k, None) for k in range(i, len(left))), *((None, k) for k in range(j, len(right)))]


def beside(rows: list[list[Any]]) -> list[list[Any]]:
    """Return the rows with those that only one side has moved up beside those that only the other has."""
    moved: list[list[Any]] = []
    for kind, run in itertools.groupby(rows, key=lambda row: row[2] in ("+", "−")):
        alone = list(run)
        if not kind:
            moved += alone
            continue
        left, right = [row[0] for row in alone if row[0]], [row[1] for row in alone if row[1]]
        for one, other in itertools.zip_longest(left, right):
            moved.append([one, other, "±" if one and other else "+" if one else "−"])
    return moved


def likeness(one: str, other: str) -> float:
    """Return how alike two lines are, 0 if not enough to be compared word by word."""
    ratio = SequenceMatcher(None, WORD.findall(one.strip()), WORD.findall(other.strip()), autojunk=False).ratio()
    return ratio if ratio >= ALIKE else 0.0


def differences(
    one: str | None, other: str | None, called: tuple[str, str]
) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    """Return from where to where two lines differ, in words; a line that stands alone is marked as a line."""
    if one is None or other is None:
        return [], []

    # By words, since a changed letter in the middle of a name is a changed name. That the functions are called
    # differently is no difference.
    words, others = WORD.findall(one), WORD.findall(other)
    same = (
        [called[0] if word == called[1] and "def" in others[:3] else word for word in others] if all(called) else others
    )
    marks: tuple[list[tuple[int, int]], list[tuple[int, int]]] = [], []
    for kind, a, b, c, d in SequenceMatcher(None, words, same, autojunk=False).get_opcodes():
        if kind != "equal":
            for found, part, begin, end in ((marks[0], words, a, b), (marks[1], others, c, d)):
                start = len("".join(part[:begin]))
                stop = start + len("".join(part[begin:end]))
                if stop > start:
                    found.append((start, stop))
    return marks
