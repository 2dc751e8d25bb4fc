"""The elements that are open while a browser reads a page, and how many it has built: never fewer than it does.

A browser's parser mends what is badly nested (HTML, 13.2.6), and one tag may make many elements: a formatting element
that is never closed is built again in each block that follows, and one that is closed in the wrong place is built again
around what it was closed in. Where this model knows less than the parser, it takes the greater number: it closes an
element only where a browser is sure to, and lets go of a formatting element only where no browser keeps it.
"""

from collections import Counter
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from labsrv.kit.html.pieces import MarkupTag


def words(text: str) -> frozenset[str]:
    """Return the words of a text."""
    return frozenset(text.split())


FORMATTING = words("a b big code em font i nobr s small strike strong tt u")
# What holds nothing (HTML, 13.1.2), with what parsers still know of older pages.
VOID = words("area base basefont bgsound br col embed frame hr img image input keygen link meta param source track wbr")
HEADINGS = words("h1 h2 h3 h4 h5 h6")
ROWS = words("tbody thead tfoot")
CELLS = words("td th")
CLOSE_P = HEADINGS | words("""
    address article aside blockquote center dd details dialog dir div dl dt fieldset figcaption figure footer form
    header hgroup hr li listing main menu nav ol p pre search section summary ul xmp""")
BLOCKS = (CLOSE_P - words("form hr xmp")) | words("applet button marquee object")
TABLES = ROWS | CELLS | words("caption col colgroup table tr")
OTHERS = words("""
    area base basefont bgsound body br embed head html iframe img input keygen link meta noembed noframes noscript
    param script select source style textarea title track wbr""")
# Of these, browsers think differently; and in a page's head, most things end a <noscript>.
UNSURE = words("dialog noscript search")
SPECIAL = (CLOSE_P | BLOCKS | TABLES | OTHERS) - words("dialog")
# What generates implied end tags (HTML, 13.2.6.3).
IMPLIED_ENDS = words("dd dt li optgroup option p rb rp rt rtc")
RUBY = words("rb rp rt rtc")
BARRIERS = CELLS | words("applet caption marquee object table")
# What ends the search for an open <li>, <p>, …, beside the barriers (HTML, 13.2.4.2).
SCOPES = {"li": BARRIERS | words("ol ul"), "p": BARRIERS | words("button")}
# An item ends the one before it, unless something special lies between.
ITEMS = {"li": words("li"), "dd": words("dd dt"), "dt": words("dd dt")}
LOUD = SPECIAL | words("dialog nobr optgroup option rb rp rt rtc")
SKIPPED = words("html head body")
UNKNOWN = words("frame frameset math plaintext template")
# Within a drawing these end it, or are read as HTML (13.2.6.5).
NOT_DRAWN = (SPECIAL | FORMATTING | words("foreignobject ruby span sub sup var")) - words("a script style title")
TOLD = words("desc title")

# Adoption agency algorithm (13.2.6.4.7): eight turns at most, each with three elements in between at most.
TURNS, BETWEEN = 8, 3
# Noah's Ark clause (13.2.4.3): of formatting elements written alike, three are kept.
ALIKE = 3


NONE: frozenset[str] = frozenset()


class BadlyNested(Exception):
    """What a browser makes of this is more than the model knows."""


class Opened(NamedTuple):
    """An open element. One that is not `sure` may be open in a browser, or not: its own end tag closes nothing here."""

    name: str
    written: str
    sure: bool = True


class OpenElements:
    """Reads tags in order. `built` counts elements; `kept` the formatting elements that may be built again."""

    def __init__(self) -> None:
        self.built = 3  # html, head, body
        self.deepest = 0
        self.adopted = 0
        self.kept = 0
        self.lost = 0
        self.stack: list[Opened] = []
        self.formatting: Counter[tuple[str, str]] = Counter()
        self.loose: list[Opened] = []  # formatting elements whose end may still come, a little late
        self.popped = False
        self.places = {"svg": 0, "select": 0}  # where the outermost of each was opened last

    def read(self, tag: MarkupTag) -> None:
        """Read the next tag; raise `BadlyNested` where nobody knows what a browser makes of it."""
        self.build_again()
        if tag.name in UNKNOWN or (tag.name == "script" and "<!--" in tag.raw and "<script" in tag.raw.lower()):
            raise BadlyNested
        if self.begun("svg") is not None:
            self.read_in_drawing(tag)
        elif self.begun("select") is not None:
            self.read_in_select(tag)
        elif tag.ends:
            self.close(tag.name)
        elif tag.name not in SKIPPED:
            self.open(tag)
        self.deepest = max(self.deepest, len(self.stack) + self.kept + self.lost)

    def build_again(self) -> None:
        """Count what the text before the next tag builds again: every formatting element that is not open any more."""
        if self.popped:
            self.built += self.kept
        self.popped = False

    # Start tags.

    def open(self, tag: MarkupTag) -> None:
        """Read a start tag."""
        name = tag.name
        if name in TABLES:
            self.open_in_table(tag)
            return
        if name in CLOSE_P:
            self.close_in_scope(words("p"), SCOPES["p"])
        if name in ITEMS:
            self.close_in_scope(ITEMS[name], SPECIAL - ITEMS[name] - words("address div p"))
        if name == "button":
            self.close_in_scope({name}, BARRIERS)
        if name in HEADINGS:
            self.close_innermost(HEADINGS)
        elif name in ("option", "optgroup"):
            self.close_innermost({"option"})
        elif name in RUBY and self.find({"ruby"}, BARRIERS) is not None:
            self.close_innermost(IMPLIED_ENDS)
        if name == "a" or name == "nobr":
            self.adopt(name)
        if name in FORMATTING:
            self.keep(tag, 1)
        self.push(tag)

    def close_innermost(self, names: AbstractSet[str]) -> None:
        """Close the innermost elements while they have these names."""
        # A formatting element that was built again may be the innermost one. Then what is closed is in doubt.
        kept = FORMATTING if self.kept else NONE
        at = len(self.stack)
        while at and self.stack[at - 1].name in names | kept:
            at -= 1
        if self.kept or not all(each.sure for each in self.stack[at:]):
            self.doubt(at)
        else:
            del self.stack[at:]

    def doubt(self, at: int) -> None:
        """Take an element, and all that is open in it, for some that a browser may have closed."""
        self.stack[at:] = [each._replace(sure=False) for each in self.stack[at:]]

    def doubt_outermost(self, names: AbstractSet[str]) -> None:
        """Take the outermost element of these names, and all that is open in it, for some that may be closed."""
        at = next((at for at, each in enumerate(self.stack) if each.name in names), None)
        if at is not None:
            self.doubt(at)

    def push(self, tag: MarkupTag) -> None:
        """Build an element, and let it stay open unless it holds nothing."""
        self.built += 1
        if tag.name in LOUD:
            self.popped = True
            self.loose = []
        if tag.name in VOID or tag.name == "colgroup" or (tag.name == "svg" and tag.closes_itself):
            return
        if tag.name in self.places and self.begun(tag.name) is None:
            self.places[tag.name] = len(self.stack)
        self.stack.append(Opened(tag.name, tag.written, tag.name not in UNSURE))

    def begun(self, name: str) -> int | None:
        """Return where the outermost element of a name with rules of its own stands, None if none is open."""
        at = self.places.get(name, 0)
        if at < len(self.stack) and self.stack[at].name == name:
            if self.stack[at].sure:
                return at
            raise BadlyNested
        return None

    def open_in_table(self, tag: MarkupTag) -> None:
        """Read a start tag of a table, with the rows and groups that it implies; without a table it is nothing."""
        name = tag.name
        table = self.find(words("table"), words("caption td th") if name == "table" else NONE)
        self.popped = True
        if name == "table":
            # In a table, but in none of its cells, it ends that one. Whether it ends a <p>, the doctype decides.
            del self.stack[table if table is not None else len(self.stack) :]
            paragraph = self.find({"p"}, SCOPES["p"])
            if paragraph is not None:
                self.doubt(paragraph)
        elif table is None:
            if any(each.name == "table" for each in self.stack):
                raise BadlyNested
            return
        else:
            stay = [each for each in self.stack[table + 1 :] if each.name in STAY.get(name, ())]
            del self.stack[table + 1 :]
            self.stack += stay[:2]
            for implied in IMPLIED.get(name, ())[len(stay) :]:
                self.push(MarkupTag(implied, False, ""))
        self.push(tag)

    def keep(self, tag: MarkupTag | Opened, count: int) -> None:
        """Note a formatting element, or (-1) let go of it."""
        # A second <a> ends the first: one of them is kept, however they are written.
        alike, most = ("a", "") if tag.name == "a" else (tag.name, tag.written), 1 if tag.name == "a" else ALIKE
        before = min(self.formatting[alike], most)
        self.formatting[alike] += count
        # One that is not kept any more may stay open; an <a> does not.
        self.lost += count > 0 and most == ALIKE and self.formatting[alike] > most
        self.kept += min(self.formatting[alike], most) - before

    def adopt(self, name: str) -> None:
        """Count what an end in the wrong place builds again."""
        if any(count for (each, _), count in self.formatting.items() if each == name):
            turns = min(TURNS, sum(each.name in SPECIAL for each in self.stack))
            self.adopted += turns * min(BETWEEN + 1, self.kept)
            self.built += turns * min(BETWEEN + 1, self.kept)
            self.popped = True
        self.doubt_outermost({name})

    # End tags.

    def close(self, name: str) -> None:
        """Read an end tag."""
        if name in SKIPPED:
            return
        if name in FORMATTING:
            self.close_formatting(name)
            return
        self.popped = True
        self.loose = []
        # Without a beginning, these two are elements.
        self.built += name in ("br", "p")
        if name == "form":
            self.close_form()
        else:
            self.close_in_scope(HEADINGS if name in HEADINGS else {name}, barriers_of(name))

    def close_form(self) -> None:
        """Close a form: what is open in it stays so (HTML, 13.2.6.4.7)."""
        if self.stack and self.stack[-1].name == "form":
            self.stack.pop()
        else:
            self.doubt_outermost({"form"})

    def close_formatting(self, name: str) -> None:
        """Read the end tag of a formatting element."""
        at = self.find({name}, SPECIAL)
        if at is not None:
            inner = [each for each in self.stack[at + 1 :] if each.name in FORMATTING and each.sure]
            self.popped = self.popped or at < len(self.stack) - 1
            self.loose += inner
            self.keep(self.stack[at], -1)
            del self.stack[at:]
        elif late := next((each for each in reversed(self.loose) if each.name == name), None):
            self.popped = True
            self.loose.remove(late)
            self.keep(late, -1)
        else:
            self.adopt(name)

    def close_in_scope(self, names: AbstractSet[str], barriers: AbstractSet[str]) -> None:
        """Close the innermost element of these names and all that is in it, unless a barrier is."""
        at = self.find(names, barriers)
        if at is not None:
            del self.stack[at:]

    def find(self, names: AbstractSet[str], barriers: AbstractSet[str]) -> int | None:
        """Return where the innermost element of these names stands, None if there is none, or a barrier in it."""
        for at in reversed(range(len(self.stack))):
            each = self.stack[at]
            if each.name in names or each.name in barriers:
                if each.sure:
                    return at if each.name in names else None
                self.doubt_outermost(names)
                return None
        return None

    # Places with rules of their own.

    def read_in_drawing(self, tag: MarkupTag) -> None:
        """Read a tag in a drawing."""
        told = any(each.name in TOLD for each in self.stack)
        if tag.name in NOT_DRAWN or tag.name in SKIPPED or "<" in tag.raw or (told and not tag.ends):
            raise BadlyNested
        if not tag.ends:
            self.built += 1
            self.stack += [] if tag.closes_itself else [Opened(tag.name, tag.written)]
            return
        at, drawing = self.find({tag.name}, NONE), self.begun("svg")
        if at is None or drawing is None or at < drawing:
            raise BadlyNested
        self.popped = True
        del self.stack[at:]

    def read_in_select(self, tag: MarkupTag) -> None:
        """Read a tag in a list to choose from."""
        if tag.name not in ("option", "optgroup", "hr") and not (tag.ends and tag.name == "select"):
            raise BadlyNested
        self.popped = True
        if tag.ends:
            self.close_in_scope({tag.name}, NONE if tag.name == "select" else words("select"))
            return
        if not self.kept:
            ended = words("option") if tag.name == "option" else words("option optgroup")
            while self.stack[-1].name in ended:
                self.stack.pop()
        self.push(tag)


# What stays open of a table when one of its parts begins, and what that part implies.
STAY = {"tr": ROWS, "td": ROWS | words("tr"), "th": ROWS | words("tr")}
IMPLIED = {"tr": ("tbody",), "td": ("tbody", "tr"), "th": ("tbody", "tr"), "col": ("colgroup",)}


def barriers_of(name: str) -> AbstractSet[str]:
    """Return what an end tag closes nothing across."""
    if name in TABLES:
        return NONE if name == "table" else {"table"}
    if name in BLOCKS:
        return SCOPES.get(name, BARRIERS)
    return SPECIAL - {name}
