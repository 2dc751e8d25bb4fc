"""How much a page may ask of whoever shows it: it is counted before a browser's parser sees it.

A browser reads markup on the thread that also answers the keyboard, and a page of three kilobytes can keep it busy for
half a minute. What is counted here is never less than what a parser builds (`labsrv.kit.html.open_elements`), in one
pass that ends as soon as it is too much.
"""

import itertools
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from html import unescape

from labsrv.kit.html.drawings import drawing_in, drawing_size
from labsrv.kit.html.open_elements import FORMATTING, BadlyNested, OpenElements
from labsrv.kit.html.pieces import MarkupTag, tags

CONTROLS = frozenset(["button", "details", "input", "meter", "progress", "select", "textarea"])
OPTIONS = frozenset(["option", "optgroup"])
# The most of each that browsers count (HTML, 4.9.11).
SPANS = ((("colspan", "span"), 1_000), (("rowspan",), 65_534))
NUMBER = re.compile(r"[\t\n\f\r ]*\+?([0-9]{1,9})")

LIMITS = {
    "tags": (20_000, "tags"),
    "built": (8_000, "elements"),
    "deepest": (200, "elements within each other"),
    "kept": (40, "formatting elements that are never closed"),
    "attributes": (20_000, "attributes"),
    "controls": (400, "fields and buttons"),
    "options": (1_500, "options to choose from"),
    "slots": (40_000, "places in its tables"),
    "drawn": (5_000, "parts in a drawing"),
    "lines": (20_000, "lines"),
    "marks": (100, "marks on one letter"),
}
LATE = ("slots", "lines", "marks")
SOON = {name: LIMITS[name] for name in LIMITS if name not in LATE}
OFTEN = 16  # tags, from one look to the next
# Of what cannot be counted well, a small page is shown all the same.
MOST_UNCOUNTED = 200
# Characters among which marks are found.
UNUSUAL = re.compile(r"[^\x00-\u02ff]{50,}")
JOINERS = "\u200c\u200d"
TAG_LIKE = re.compile(r"</?([A-Za-z][^\t\n\f\r />]*)")
HOLDS_DRAWING = re.compile(r"data:[^,>]{0,30}image", re.IGNORECASE)
SPAN_LIKE = re.compile(r"span[^0-9a-z]*([0-9]{1,9})", re.IGNORECASE)


@dataclass
class Sizes:
    """What there is of a page: each at least as much as a browser finds."""

    tags: int = 0
    built: int = 0
    deepest: int = 0
    kept: int = 0
    attributes: int = 0
    controls: int = 0
    options: int = 0
    rows: int = 0
    drawn: int = 0
    lines: int = 0
    marks: int = 0
    # Its styles, those of attributes too; None where nobody knows what they are about.
    styles: list[str] | None = field(default_factory=list)
    excess: str = ""
    spans: list[tuple[int, int]] = field(default_factory=list)

    def count(self, tag: MarkupTag, tree: OpenElements) -> None:
        """Count one more tag, which was read into the tree."""
        self.tags += 1
        self.built, self.deepest, self.kept = tree.built, tree.deepest, tree.kept
        if tag.ends:
            return
        self.controls += tag.name in CONTROLS
        self.options += tag.name in OPTIONS
        self.rows += tag.name in ("tr", "td", "th")
        if tag.name == "style" and self.styles is not None:
            self.styles.append(tag.raw)
        if tag.written:
            self.read_attributes(tag)

    def read_attributes(self, tag: MarkupTag) -> None:
        """Count a tag's attributes, and what its cell or column spans."""
        attributes = tag.attributes()
        self.attributes += len(attributes)
        if self.styles is not None:
            self.styles += [value for name, value in attributes if name == "style"]
        for name, value in attributes:
            if name == "src" and (drawing := drawing_in(value)) is not None:
                self.drawn = max(self.drawn, drawing_size(drawing))
        wide, high = (largest(attributes, names, most) for names, most in SPANS)
        if wide * high > 1:
            self.spans.append((wide, high))

    @property
    def slots(self) -> int:
        """Return how many places the cells of tables take: a row that is spanned has to be there."""
        return sum(wide * min(high, self.rows + 1) for wide, high in self.spans)

    def over(self, limits: Mapping[str, tuple[int, str]]) -> str:
        """Return what there is too much of, "" if nothing."""
        for name, (most, what) in limits.items():
            if getattr(self, name) > most:
                return f"more than {most:,} {what}"
        return ""


def largest(attributes: list[tuple[str, str]], names: tuple[str, ...], most: int) -> int:
    """Return the largest number that is written for attributes of these names, 1 where there is none."""
    found = [NUMBER.match(value) for name, value in attributes if name in names]
    numbers = [int(each[1]) or most for each in found if each]  # 0 is the rest of a table
    return min(max(numbers, default=1), most)


def sizes_of(markup: str) -> Sizes:
    """Return the sizes of a page; `excess` is what it has too much of, such as "more than 8,000 elements"."""
    sizes, tree = Sizes(), OpenElements()
    sizes.lines, sizes.marks = text_sizes(unescape(markup))
    try:
        for tag in tags(markup):
            tree.read(tag)
            sizes.count(tag, tree)
            if sizes.tags % OFTEN == 0 and sizes.over(SOON):
                break
        tree.build_again()
        sizes.built = tree.built
        sizes.excess = sizes.over(LIMITS)
    except BadlyNested:
        sizes.styles = None
        sizes.excess = sizes.over(LIMITS) or uncounted(markup)
    return sizes


def too_much(markup: str) -> str:
    """Return what a page has too much of, such as "more than 8,000 elements"; "" where it may be shown."""
    return sizes_of(markup).excess


def too_much_text(text: str) -> str:
    """Return what a text has too much of, "" where it may be shown."""
    lines, marks = text_sizes(text)
    return Sizes(lines=lines, marks=marks).over(LIMITS)


def text_sizes(text: str) -> tuple[int, int]:
    """Return how many lines a text has, and how many marks and joiners follow each other: they make one letter."""
    runs = (found[0] for found in UNUSUAL.finditer(text))
    marks = (len(list(run)) for each in runs for marked, run in itertools.groupby(each, is_mark) if marked)
    return text.count("\n") + text.count("\r"), max(marks, default=0)


def is_mark(letter: str) -> bool:
    """Return whether a character is a part of the letter before it."""
    return unicodedata.category(letter)[0] == "M" or letter in JOINERS


def uncounted(markup: str) -> str:
    """Return "" for a page so small that it can do no harm, however it is read."""
    written = unescape(markup)
    names = [name.lower() for name in TAG_LIKE.findall(markup)]
    again = sum(name in FORMATTING for name in names)
    wide = sum(int(digits) for digits in SPAN_LIKE.findall(written))
    small = len(names) <= MOST_UNCOUNTED and len(names) * (again + wide) <= LIMITS["built"][0]
    if small and not HOLDS_DRAWING.search(written):
        return ""

    return "tags so badly nested that nobody can count what they make"
