"""Markup cut into tags as browsers cut it (HTML, 13.2.5), in one pass: no text makes the reader look twice.

Comments, declarations and text are left out. What a tag in a script, a title or a text area looks like is none.
"""

import re
from collections.abc import Iterator
from html import unescape
from typing import NamedTuple

SPACE = "\t\n\f\r "
# A value whose quote never ends makes the whole tag fail, and reading ends there, as it does in browsers.
VALUE = rf"""(?:"[^"]*+"|'[^']*+'|(?=>)|[^{SPACE}>"'][^{SPACE}>]*+)"""
ATTRIBUTE = rf"[^{SPACE}/>][^{SPACE}/>=]*+(?:[{SPACE}]*+=[{SPACE}]*+{VALUE}|(?![{SPACE}]*+=))"
PIECE = re.compile(
    r"(?P<other>[^<]++|<!--(?:-?>|.*?(?:--!?>|\Z))|<(?:[!?]|/(?![A-Za-z]))[^>]*+>?|<(?![A-Za-z/!?]))"
    rf"|<(?P<ends>/?)(?P<name>[A-Za-z][^{SPACE}/>]*+)(?P<written>(?:[{SPACE}/]++|{ATTRIBUTE})*+)>",
    re.DOTALL,
)
NAMED = re.compile(rf"([^{SPACE}/>][^{SPACE}/>=]*+)(?:[{SPACE}]*+=[{SPACE}]*+({VALUE}))?+")
RAW = ("script", "style", "xmp", "iframe", "noembed", "noframes", "title", "textarea")
RAW_ENDS = {name: re.compile(rf"</{name}(?=[{SPACE}/>])", re.IGNORECASE) for name in RAW}


class MarkupTag(NamedTuple):
    """A tag as written. `raw` is what a script, a title and their like hold, up to their end."""

    name: str
    ends: bool
    written: str
    raw: str = ""

    @property
    def closes_itself(self) -> bool:
        """Return whether it ends with a slash, which counts in drawings only."""
        last = max((each.end() for each in NAMED.finditer(self.written)), default=0)
        return self.written.endswith("/") and last < len(self.written)

    def attributes(self) -> list[tuple[str, str]]:
        """Return names and values in order, as many times as they are written."""
        return [(name.lower(), unescape(unquoted(value))) for name, value in NAMED.findall(self.written)]


def tags(markup: str) -> Iterator[MarkupTag]:
    """Yield the tags of a page in order."""
    at = 0
    while found := PIECE.match(markup, at):
        at = found.end()
        if found["name"] is None:
            continue
        name, raw = found["name"].lower(), ""
        if name in RAW_ENDS and not found["ends"]:
            end = RAW_ENDS[name].search(markup, at)
            raw, at = markup[at : end.start() if end else None], end.start() if end else len(markup)
        yield MarkupTag(name, bool(found["ends"]), found["written"], raw)


def without_styles(markup: str) -> str:
    """Return a page whose style elements are empty: a browser reads them even where it only parses."""
    kept, at, begin = [], 0, 0
    while found := PIECE.match(markup, at):
        at, name = found.end(), (found["name"] or "").lower()
        if name in RAW_ENDS and not found["ends"]:
            end = RAW_ENDS[name].search(markup, at)
            stop = end.start() if end else len(markup)
            if name == "style":
                kept.append(markup[begin:at])
                begin = stop
            at = stop
    return "".join([*kept, markup[begin:]])


def ends_of(markup: str, wanted: str) -> Iterator[int]:
    """Yield where the end tags of a name stand."""
    at = 0
    while found := PIECE.match(markup, at):
        begin, at, name = found.start(), found.end(), (found["name"] or "").lower()
        if name == wanted and found["ends"]:
            yield begin
        elif name in RAW_ENDS and not found["ends"]:
            end = RAW_ENDS[name].search(markup, at)
            at = end.start() if end else len(markup)


def unquoted(value: str) -> str:
    """Return a value without its quotes."""
    return value[1:-1] if value.startswith(("'", '"')) else value
