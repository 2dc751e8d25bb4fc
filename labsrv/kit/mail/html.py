"""HTML mail taken apart into words and tags, in one pass: whatever somebody sends, reading it is quick.

A tag ends at its `>`: one that hides a bracket in an attribute is read as words, which is all that mail needs.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import unescape

# Each begins at a letter and stops at the first sign that can't belong to it: no text makes them look twice.
TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)([^<>]*)>|<[!?][^<>]*>")
ATTRIBUTE = re.compile(r"""(?<![\w-])([A-Za-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"']+))""")


@dataclass(frozen=True)
class Tag:
    """A start or end tag. The first of several attributes with one name counts, as in browsers."""

    name: str
    ends: bool
    written: str

    def attribute(self, name: str) -> str:
        """Return the value of an attribute, "" where it is missing."""
        for each in ATTRIBUTE.finditer(self.written):
            if each[1].lower() == name:
                return unescape(each[2] or each[3] or each[4] or "")
        return ""


def pieces(html: str) -> Iterator[Tag | str]:
    """Yield words and tags in order; comments are left out."""
    text, end = without_comments(html), 0
    for found in TAG.finditer(text):
        if found.start() > end:
            yield unescape(text[end : found.start()])
        if found[2]:
            yield Tag(found[2].lower(), bool(found[1]), found[3])
        end = found.end()
    if end < len(text):
        yield unescape(text[end:])


def without_comments(html: str) -> str:
    """Return HTML without its comments; one without an end goes on to the next, or to the end."""
    before, *comments = html.split("<!--")
    return before + "".join(each.partition("-->")[2] for each in comments)


def hrefs(html: str) -> list[str]:
    """Return where the links of a mail lead, as they are written, in order."""
    tags = (each for each in pieces(html) if isinstance(each, Tag) and each.name == "a" and not each.ends)
    return [href for href in (tag.attribute("href").strip() for tag in tags) if href]
