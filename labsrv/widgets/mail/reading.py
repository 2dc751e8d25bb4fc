"""Messages as a person reads them: lines of words and links, and nothing that could act by itself.

A run is [words, link]: the number of the link that the words are, or -1. The addresses stay in the kernel's hands:
a front end asks for a link by its number.
"""

from dataclasses import dataclass, field

from labsrv.kit.html.document import INLINE, UNSEEN, squeezed
from labsrv.kit.html.tree import End, Start, TooMuchMarkup, read_tree
from labsrv.kit.mail.message import WEB, addresses_in
from labsrv.kit.text import cut, plain

LONGEST_BODY = 12_000  # characters
MOST_LINKS = 60
PLAIN = -1

Run = list[str | int]


@dataclass
class MessageText:
    """A message's lines, each a list of runs, and the addresses that its links lead to."""

    lines: list[list[Run]] = field(default_factory=list)
    links: list[str] = field(default_factory=list)

    def link(self, address: str) -> int:
        """Return the number of a link to an address, `PLAIN` for what is no web address, or one too many."""
        if not WEB.fullmatch(address) or (len(self.links) >= MOST_LINKS and address not in self.links):
            return PLAIN
        if address not in self.links:
            self.links.append(address)
        return self.links.index(address)


def read_text(text: str, reading: MessageText) -> list[list[Run]]:
    """Return plain text as lines in which each web address is a link."""
    return [runs_of(line, reading) for line in cut(text, LONGEST_BODY).split("\n")]


def runs_of(line: str, reading: MessageText) -> list[Run]:
    """Return a line as words and links."""
    runs: list[Run] = []
    end = 0
    for start, address in addresses_in(line):
        runs += [[plain(line[end:start]), PLAIN], [plain(address), reading.link(address)]]
        end = start + len(address)
    runs.append([plain(line[end:]), PLAIN])
    return [run for run in runs if run[0]]


def read_html(html: str, reading: MessageText) -> list[list[Run]]:
    """Return HTML as lines; a link's words may say something else than where it leads."""
    reader = HtmlReader(reading)
    try:
        tree = read_tree(cut(html, LONGEST_BODY))
    except TooMuchMarkup as error:
        return [[[f"(Nothing of this message is shown: it has {error}.)", PLAIN]]]
    for part in tree:
        if isinstance(part, str):
            reader.say(part)
        elif isinstance(part, Start):
            reader.begin(part)
        elif isinstance(part, End):
            reader.end(part)
    reader.end_line()
    return reader.lines


class HtmlReader:
    """Keeps the words that a person would see, where a line ends, and which of them are links."""

    def __init__(self, reading: MessageText) -> None:
        self.reading = reading
        self.lines: list[list[Run]] = []
        self.line: list[Run] = []
        self.unseen = 0  # the elements open from the outermost one on that is not seen
        self.target = PLAIN

    def begin(self, part: Start) -> None:
        """Read where an element begins: it may end a line, begin a link, or hide what is in it."""
        if part.name not in INLINE:
            self.end_line()
        if self.unseen or part.name in UNSEEN or "hidden" in part.said:
            self.unseen += 1
        if part.name == "a":
            self.target = self.reading.link(part.said.get("href", "").strip())
        elif part.name == "img":
            self.say(part.said.get("alt", ""))

    def end(self, part: End) -> None:
        """Read where an element ends."""
        if part.name == "a":
            self.target = PLAIN
        if part.name not in INLINE:
            self.end_line()
        self.unseen -= bool(self.unseen)

    def say(self, text: str) -> None:
        """Let a person read these words."""
        # One space at either end stays: it parts these words from the next.
        words = squeezed(f".{text}.")[1:-1]
        if not words or self.unseen:
            return
        if self.line and self.line[-1][1] == self.target:
            self.line[-1][0] = squeezed(f".{self.line[-1][0]}{plain(words)}.")[1:-1]
        else:
            self.line.append([plain(words), self.target])

    def end_line(self) -> None:
        """Begin a new line, unless this one says nothing yet."""
        if any(str(words).strip() for words, _ in self.line):
            self.lines.append(self.line)
        self.line = []
