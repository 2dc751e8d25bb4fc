"""A page as the tree that browsers build of it (HTML, 13.2.6), walked from the outside in: pages, mails, QR codes.

justhtml builds it, and agrees with the html5lib-tests where the standard has not changed since. What it builds is
bounded beforehand: whoever wrote a page does not choose how long it takes to read it.
"""

import itertools
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from justhtml import Comment, Element, JustHTML, Node, Text

from labsrv.kit.html.bounds import too_much
from labsrv.kit.html.pieces import ends_of

LONGEST = 256 * 1024  # characters of a page that are read
# With so few tags nothing can be too much: each of them can build each other one again at most.
FEW = 150
FORM_END = "<!--\uf8ff/form-->"


class TooMuchMarkup(Exception):
    """A page asks for too much to be read. The words say what, such as "more than 8,000 elements"."""


@dataclass(frozen=True, slots=True)
class Start:
    """An element begins. Of several attributes with one name the first counts. `drawn` are elements of SVG and MathML:
    their title is no page's title."""

    name: str
    said: dict[str, str]
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class End:
    """An element ends, with or without an end tag."""

    name: str
    drawn: bool = False


@dataclass(frozen=True, slots=True)
class FormEnd:
    """Here a `</form>` stands: from here on controls belong to no form, wherever its element ends (HTML, 13.2.4.4)."""


Part = Start | End | FormEnd | str


@lru_cache(maxsize=64)
def read_tree(markup: str) -> tuple[Part, ...]:
    """Return what a page's tree has, in order; what is longer than `LONGEST` is cut. Raises `TooMuchMarkup`."""
    text = markup[:LONGEST]
    if text.count("<") > FEW and (excess := too_much(text)):
        raise TooMuchMarkup(excess)

    # Nothing is executed here: what stands in <noscript> is there to be read.
    document = JustHTML(with_form_ends(text), sanitize=False, scripting_enabled=False)
    return tuple(parts_of(document.root))


def with_form_ends(markup: str) -> str:
    """Return a page with a comment before each `</form>`: the tree does not keep where they stand."""
    ends = [0, *ends_of(markup, "form"), len(markup)]
    return FORM_END.join(markup[begin:end] for begin, end in itertools.pairwise(ends))


def parts_of(root: Node) -> Iterator[Part]:
    """Yield what stands in a tree, in order. The content of a <template> is no part of it (HTML, 4.12.3)."""
    waiting: list[Node | Text | End] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, End):
            yield node
        elif isinstance(node, Text):
            yield node.data or ""
        elif isinstance(node, Comment):
            if f"<!--{node.data}-->" == FORM_END:
                yield FormEnd()
        elif isinstance(node, Element):
            drawn = node.namespace not in (None, "html")
            yield Start(node.name, {name: value or "" for name, value in node.attrs.items()}, drawn)
            waiting.append(End(node.name, drawn))
            waiting += reversed(node.children or ())
        else:
            waiting += reversed(node.children or ())
