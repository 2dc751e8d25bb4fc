"""HTML taken apart into what a person sees and can use. Tolerant, as browsers are; never executed."""

import re
from dataclasses import dataclass, field

from labsrv.kit.html.form_reader import Attributes, FormReader
from labsrv.kit.html.forms import Form
from labsrv.kit.html.tree import End, Part, Start, TooMuchMarkup, read_tree

UNSEEN = {"script", "style", "template", "title", "datalist"}
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
    """Return what a page holds; of one that asks for too much, what it asks for too much of, and no more."""
    try:
        tree = read_tree(html)
    except TooMuchMarkup as error:
        return Document(visible=f"(Nothing of this page is read: it has {error}.)")
    reader = Reader()
    for part in tree:
        reader.take(part)

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


class Reader:
    """Walk through a page's tree once and collect."""

    def __init__(self) -> None:
        self.document = Document()
        self.forms = FormReader()
        self.words: list[str] = []
        self.titles = 0
        self.unseen: list[str] = []  # the outermost element that is not seen, and what is open in it
        self.link: RawLink | None = None

    def take(self, part: Part) -> None:
        """Read what comes next."""
        if isinstance(part, str):
            self.read_words(part)
        elif isinstance(part, Start):
            self.begin(part)
        elif isinstance(part, End):
            self.end(part)
        else:
            self.forms.form = None

    def begin(self, part: Start) -> None:
        """Read where an element begins."""
        if not part.drawn:
            self.part(part.name)
        if part.name in UNSEEN or "hidden" in part.said or self.unseen:
            self.unseen.append("drawn" if part.drawn else part.name)
        if part.drawn:
            return
        self.titles += part.name == "title"
        self.note(part.name, part.said)
        self.show(self.forms.open(part.name, part.said))

    def end(self, part: End) -> None:
        """Read where an element ends."""
        if not part.drawn:
            self.show(self.forms.close(part.name))
        if self.unseen:
            self.unseen.pop()
        if part.drawn:
            return
        if part.name == "a":
            self.link = None
        self.part(part.name)

    def read_words(self, words: str) -> None:
        """Read text."""
        if self.unseen[-1:] == ["title"] and self.titles == 1:  # a page's title is its first
            self.document.title += words
        if not self.forms.words(words):
            self.show(words)
        if self.link and not self.unseen:
            self.link.text += words

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
