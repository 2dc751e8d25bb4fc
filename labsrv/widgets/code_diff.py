"""Two functions side by side, the difference marked down to words.

    CodeDiff(secure("sessions", "begin_session"), flaws.keep_the_planted_id)
    CodeDiff(before_text, after_text, names=("before", "after"))

Decorators and docstrings are left out: they always differ, and say nothing about what the code does.
"""

import itertools
import re
from collections import Counter
from collections.abc import Callable
from difflib import SequenceMatcher
from typing import Any

import traitlets

from labsrv.kit.text import cut
from labsrv.widgets.base import View
from labsrv.widgets.code_lines import body_of, name_of, source_of, spans, stretches

Pair = tuple[int | None, int | None]
Marks = list[tuple[int, int]]

# A string counts as one word, so that a mark never begins in the middle of one.
WORD = re.compile(r"""\"[^\"]*\"|'[^']*'|\w+|\s+|[^\w\s]""")
ALIKE = 0.5
# Whoever gives two texts does not choose how long it takes to compare them, nor how much a page has to show.
MOST_LINES = 300  # of each side
LONGEST_LINE = 300
MOST_PAIRS = 10_000  # of lines that are held against each other, in all
MOST_COMPARED = 400  # of these that are compared word by word
MOST_WORDS = 60  # of a line that is compared word by word
MOST_SPANS = 4_000


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
        (left, left_out), (right, right_out) = (first_lines(body_of(source_of(given))) for given in (secure, flawed))
        called = name_of(secure, left), name_of(flawed, right)
        titles = [f"{name}: {function}" if function else name for name, function in zip(names, called, strict=True)]
        rows = compare_lines(left, right, called)
        more = [[more_lines(left_out), more_lines(right_out), ""]] if left_out or right_out else []
        super().__init__(titles=titles, rows=rows + more, **options)

    def as_text(self) -> str:
        """Return the two one below the other, changed lines marked by their signs."""
        return "\n".join(part for side in (0, 1) for part in (self.titles[side], *lines_of(self.rows, side)))


def first_lines(lines: list[str]) -> tuple[list[str], int]:
    """Return the lines that are shown, none longer than fits, and how many are left out."""
    return [cut(line, LONGEST_LINE) for line in lines[:MOST_LINES]], max(0, len(lines) - MOST_LINES)


def more_lines(many: int) -> list[Any] | None:
    """Return a line that says how many more there are, None where that is all."""
    return ["", [(f"… {many:,} line{'s' if many > 1 else ''} more", "comment", False)]] if many else None


def lines_of(rows: list[list[Any]], side: int) -> list[str]:
    """Return the lines of one side with their signs before them."""
    return [f"{row[2] or ' '} {''.join(span[0] for span in row[side][1])}" for row in rows if row[side]]


def compare_lines(left: list[str], right: list[str], called: tuple[str, str] = ("", "")) -> list[list[Any]]:
    """Return the rows of a comparison; that the functions' own names differ is no difference."""
    kinds = stretches(left), stretches(right)
    rows: list[list[Any]] = []
    room = MOST_SPANS
    for a, b in pair_lines(left, under(right, called[1], called[0])):
        one, other = left[a] if a is not None else None, right[b] if b is not None else None
        marks = differences(one, other, called)
        # Where there are too many pieces already, a line is one.
        if room <= 0:
            kinds, marks = ([[]] * len(left), [[]] * len(right)), (whole(one, marks[0]), whole(other, marks[1]))
        sides: list[Any] = [
            None if index is None else [index + 1, spans(lines[index], known[index], marked)]
            for index, lines, known, marked in ((a, left, kinds[0], marks[0]), (b, right, kinds[1], marks[1]))
        ]
        room -= pieces_in(sides)
        sign = "+" if other is None else "−" if one is None else "~" if any(marks) else ""
        rows.append([*sides, sign])
    return beside(rows)


def pieces_in(sides: list[Any]) -> int:
    """Return how many pieces the lines of a row have."""
    return sum(len(side[1]) for side in sides if side)


def whole(line: str | None, marks: Marks) -> Marks:
    """Return a mark of the whole line in place of its marks."""
    return [(0, len(line))] if line and marks else []


def under(lines: list[str], name: str, other: str) -> list[str]:
    """Return the lines with the function called by another name where it is defined."""
    if not (lines and name and other):
        return lines
    return [lines[0].replace(f"def {name}(", f"def {other}(", 1), *lines[1:]]


def pair_lines(left: list[str], right: list[str]) -> list[Pair]:
    """Return which line stands beside which: equal ones, then those that resemble each other."""
    pairs: list[Pair] = []
    likeness = Likeness()
    # Of long texts, lines that come again and again are no beginning of what is equal: looking for them is what takes
    # long (difflib's autojunk).
    for kind, a, b, c, d in SequenceMatcher(None, left, right).get_opcodes():
        if kind == "equal":
            pairs += zip(range(a, b), range(c, d), strict=True)
        else:
            pairs += [
                (None if i is None else a + i, None if j is None else c + j)
                for i, j in resembling(left[a:b], right[c:d], likeness)
            ]
    return pairs


def resembling(left: list[str], right: list[str], likeness: "Likeness") -> list[Pair]:
    """Return the pairing, in order, with the greatest likeness in all; what resembles nothing stands alone."""
    likeness.pairs += len(left) * len(right)
    if likeness.pairs > MOST_PAIRS:
        return [(i, None) for i in range(len(left))] + [(None, j) for j in range(len(right))]

    # From the end backwards: the best pairing of the rest is known before the lines in front of it are looked at.
    likes = [[likeness.of(one, other) for other in right] for one in left]
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


class Likeness:
    """Says how alike two lines are. Of many, only those with enough words in common are compared word by word."""

    def __init__(self) -> None:
        self.pairs = 0
        self.compared = 0
        self.words: dict[str, tuple[list[str], Counter[str]]] = {}

    def of(self, one: str, other: str) -> float:
        """Return how alike two lines are, 0 if not enough to be compared word by word."""
        (words, counts), (others, other_counts) = self.known(one), self.known(other)
        ratio = 2 * (counts & other_counts).total() / max(len(words) + len(others), 1)
        # That many words in common, in whatever order, is the most that a comparison can find.
        if ratio >= ALIKE and max(len(words), len(others)) <= MOST_WORDS and self.compared < MOST_COMPARED:
            self.compared += 1
            ratio = SequenceMatcher(None, words, others, autojunk=False).ratio()
        return ratio if ratio >= ALIKE else 0.0

    def known(self, line: str) -> tuple[list[str], Counter[str]]:
        """Return the words of a line, and how often it has each."""
        if line not in self.words:
            words = WORD.findall(line.strip())
            self.words[line] = words, Counter(words)
        return self.words[line]


def differences(one: str | None, other: str | None, called: tuple[str, str]) -> tuple[Marks, Marks]:
    """Return from where to where two lines differ, in words; a line that stands alone is marked as a line."""
    if one is None or other is None or one == other:
        return [], []

    # By words, since a changed letter in the middle of a name is a changed name. That the functions are called
    # differently is no difference.
    words, others = WORD.findall(one), WORD.findall(other)
    if max(len(words), len(others)) > MOST_WORDS:
        return [(0, len(one))], [(0, len(other))]
    same = (
        [called[0] if word == called[1] and "def" in others[:3] else word for word in others] if all(called) else others
    )
    marks: tuple[Marks, Marks] = [], []
    for kind, a, b, c, d in SequenceMatcher(None, words, same, autojunk=False).get_opcodes():
        if kind != "equal":
            for found, part, begin, end in ((marks[0], words, a, b), (marks[1], others, c, d)):
                start = len("".join(part[:begin]))
                stop = start + len("".join(part[begin:end]))
                if stop > start:
                    found.append((start, stop))
    return marks
