"""HTML taken apart into what a person sees and can use. Tolerant, as browsers are; never executed."""

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser

from labsrv.kit.html.form_reader import Attributes, FormReader
from labsrv.kit.html.forms import Form
from labsrv.kit.html.tame import tame

UNSEEN = {"script", "style", "template", "title", "datalist"}
VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
# Within these, words run on; every other tag parts them.
INLINE = {"a", "abbr", "b", "bdi", "bdo", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "label", "mark", "q"}
INLINE |= {"s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr"}


@dataclass
class RawLink:
    """A link before its address is resolved."""

    href: str
    policy: str | None = None
    text: str = ""


@dataclass
class Document:
    """What was found in a page."""

    title: str = ""
    visible: str = ""
    base: str = ""
    policy: str = ""
    links: list[RawLink] = field(default_factory=list)
    forms: list[Form] = field(default_factory=list)


def read_document(html: str) -> Document:
    """Return what a page holds."""
    reader = Reader()
    reader.feed(tame(html))
    reader.close()

    document = reader.document
    document.visible = squeezed("".join(reader.words))
    document.title = squeezed(document.title)
    document.forms = reader.forms.finished()
    for link in document.links:
        link.text = squeezed(link.text)
    return document


def squeezed(text: str) -> str:
    """Return the text with single spaces."""
    return re.sub(r"\s+", " ", text).strip()


class Reader(HTMLParser):
    """Walk through the tags once and collect."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.document = Document()
        self.forms = FormReader()
        self.words: list[str] = []
        self.unseen: list[str] = []
        self.hiding: Counter[str] = Counter()  # the same, counted: whoever wrote a page chooses how many there are
        self.link: RawLink | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Read a start tag, as html.parser reads it."""
        if self.forms.area:  # In a <textarea> a tag is text.
            self.handle_data(self.get_starttag_text() or "")
            return

        said = {name: value or "" for name, value in reversed(attrs)}
        self.part(tag)
        if tag not in VOID and (tag in UNSEEN or "hidden" in said or self.unseen):
            self.unseen.append(tag)
            self.hiding[tag] += 1
        self.note(tag, said)
        self.show(self.forms.open(tag, said))

    def handle_endtag(self, tag: str) -> None:
        """Read an end tag, as html.parser reads it."""
        if self.forms.area and tag != "textarea":
            self.handle_data(f"</{tag}>")
            return

        self.show(self.forms.close(tag))
        while self.hiding[tag]:
            last = self.unseen.pop()
            self.hiding[last] -= 1
            if last == tag:
                break
        if tag == "a":
            self.link = None
        self.part(tag)

    def handle_data(self, data: str) -> None:
        """Read text, as html.parser reads it."""
        if self.unseen and self.unseen[-1] == "title":
            self.document.title += data
        if not self.forms.words(data):
            self.show(data)
        if self.link and not self.unseen:
            self.link.text += data

    def note(self, tag: str, said: Attributes) -> None:
        """Keep what matters beside words and forms: the first base, links, the page's referrer policy."""
        if tag == "base":
            self.document.base = self.document.base or said.get("href", "")
        elif tag == "meta" and said.get("name", "").lower() == "referrer":
            self.document.policy = said.get("content", "").strip().lower()
        elif tag == "a" and "href" in said:
            quiet = "noreferrer" in said.get("rel", "").lower().split()
            self.link = RawLink(said["href"], "no-referrer" if quiet else said.get("referrerpolicy"))
            self.document.links.append(self.link)

    def show(self, text: str) -> None:
        """Let a person see these words, unless they stand in something hidden."""
        if not self.unseen:
            self.words.append(text)

    def part(self, tag: str) -> None:
        """Keep the words before and after this tag apart."""
        if tag not in INLINE:
            self.words.append(" ")
