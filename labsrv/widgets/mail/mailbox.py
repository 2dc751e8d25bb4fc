"""Mail as a person reads it: what came, the open message, its links, and what really went over the wire.

    Mailbox(lab.mail, lab.alice)                                 her links open in her own browser
    Mailbox(lab.mail, lab.alice, open_in=lab.mallory)            … in somebody else's
    Mailbox(lab.mail, [lab.alice, lab.bob], open_in=[lab.alice, lab.bob])      each to be chosen

A link is clicked by number; the kernel's Browser follows it as one that was typed, as a mail program hands it over.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

import traitlets

from labsrv.kit.browser.browser import Browser, BrowserError
from labsrv.kit.mail.mail import Mail
from labsrv.kit.mail.mailboxes import Undelivered, owned
from labsrv.kit.mail.message import Message
from labsrv.kit.text import cut, plain
from labsrv.widgets.base import View, source
from labsrv.widgets.mail.reading import MessageText, read_html, read_text
from labsrv.widgets.pacing import Pace

MOST_SHOWN = 60
LONGEST_HEADER = 300
LONGEST_SOURCE = 12_000
LAYOUT = {"flex": "1 1 0", "min_width": "280px", "margin": "2px"}

Row = dict[str, Any]


class Mailbox(View):
    """One or several mailboxes. `rows` has the chosen one's messages, newest first; `opened` the one that is read."""

    _esm = source(__file__, "lines.js", "mailbox.js")
    _css = source(__file__, "lines.css", "mailbox.css")

    LOOKS = frozenset({"box", "open", "close"})

    boxes: traitlets.List[Any] = traitlets.List().tag(sync=True)
    chosen = traitlets.Int(0).tag(sync=True)
    rows: traitlets.List[Any] = traitlets.List().tag(sync=True)
    opened = traitlets.Dict().tag(sync=True)
    browsers: traitlets.List[Any] = traitlets.List().tag(sync=True)
    said = traitlets.Unicode().tag(sync=True)
    outside = traitlets.Unicode().tag(sync=True)

    def __init__(self, mail: Mail, of: Any, *, open_in: Any = None, **options: Any):
        self.pace = Pace(self.update)
        self.mail = mail
        self.addresses = [owned(each, "email") for each in several(of)]
        self.targets = browsers_of(several(of) if open_in is None else several(open_in))
        self.number: int | None = None
        # As long as nobody has chosen a letter, the newest is open.
        self.opens_newest = True
        self.reading = MessageText()
        self.seen: list[set[int]] = [set() for _ in self.addresses]
        super().__init__(browsers=[each.name for each in self.targets], **({"layout": LAYOUT} | options))
        self.pace.now()
        mail.listeners.append(self.heard)
        self.on_msg(self.wished)
        self.lasts_as_long_as(mail.lifetime)

    def as_text(self) -> str:
        """Return the messages of all boxes, a line each."""
        lines = []
        for address in self.addresses:
            messages = self.mail.inbox(address)[-MOST_SHOWN:]
            lines += [f"{address}: {len(messages) or 'no'} message{'' if len(messages) == 1 else 's'}"]
            lines += [f"  {moment(each.at)}  {short(each.sender)}: {short(each.subject)}" for each in messages]
        return "\n".join(lines)

    def heard(self, _: Message) -> None:
        """Show that something came."""
        self.pace.changed()

    def update(self) -> None:
        """Send the front end what there is to see."""
        inboxes = [self.mail.inbox(address) for address in self.addresses]
        inbox, seen = inboxes[self.chosen], self.seen[self.chosen]
        if self.opens_newest and inbox and self.number != len(inbox) - 1:
            # One that another took the place of at once was read by nobody.
            seen.discard(-1 if self.number is None else self.number)
            self.read(len(inbox) - 1, inbox[-1])
        self.boxes = [
            [address, len(inbox), len(inbox) - len(seen)]
            for address, inbox, seen in zip(self.addresses, inboxes, self.seen, strict=True)
        ]
        newest = list(enumerate(inbox))[-MOST_SHOWN:][::-1]
        self.rows = [row_of(number, message, number not in seen) for number, message in newest]
        self.outside = outside_of(self.mail)

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Do what somebody did in the view; what can't be is left undone."""
        with self.pace.lock:
            # Numbers come from a front end that may show an older inbox: one that does not fit changes nothing.
            inbox = self.mail.inbox(self.addresses[self.chosen])
            match wish:
                case {"do": "box", "box": int(box)} if 0 <= box < len(self.addresses):
                    self.chosen, self.opens_newest = box, True
                    self.read(None)
                case {"do": "open", "number": int(number)} if 0 <= number < len(inbox):
                    self.opens_newest = False
                    self.read(number, inbox[number])
                case {"do": "close"}:
                    self.opens_newest = False
                    self.read(None)
                case {"do": "follow", "link": int(link), "browser": int(browser)}:
                    self.follow(link, browser)
                case _:
                    return
            self.pace.now()

    def read(self, number: int | None, message: Message | None = None) -> None:
        """Open a message, or close the open one."""
        self.number, self.said, self.reading = number, "", MessageText()
        if number is None or message is None:
            self.opened = {}
        else:
            self.seen[self.chosen].add(number)
            self.opened = shown(number, message, self.reading)

    def follow(self, link: int, browser: int) -> None:
        """Open a link of the open message in a browser, as a mail program does: as if it had been typed."""
        if not (0 <= link < len(self.reading.links) and 0 <= browser < len(self.targets)):
            return
        chosen, address = self.targets[browser], self.reading.links[link]
        try:
            page = chosen.navigate(address)
            self.said = f"Opened in {chosen.name}'s browser: {short(page.title) or 'a page without a title'}."
        except BrowserError as error:
            self.said = cut(plain(str(error)), LONGEST_HEADER)

    def last_look(self) -> None:
        """Show what has just come."""
        self.pace.now()

    def listen_no_more(self) -> None:
        """Hear of no mail that comes."""
        if self.heard in self.mail.listeners:
            self.mail.listeners.remove(self.heard)

    def close(self) -> None:
        """Close the view, and stop listening."""
        self.pace.stop()
        super().close()


def several(given: Any) -> list[Any]:
    """Return what was given as a list: one thing, or a list of them."""
    return list(given) if isinstance(given, Iterable) and not isinstance(given, str) else [given]


def browsers_of(given: Iterable[Any]) -> list[Browser]:
    """Return browsers: those given, and those of the views given."""
    found = [getattr(each, "browser", each) for each in given]
    return [each for each in found if isinstance(each, Browser)]


def outside_of(mail: Mail) -> str:
    """Return through which server mail leaves the lab, "" where it does not."""
    try:
        route = mail.outside
    except Undelivered as error:
        return str(error)

    return f"Mail also leaves through {route.host}:{route.port}; these are copies." if route else ""


def row_of(number: int, message: Message, new: bool) -> Row:
    """Return a message as a row of the list."""
    said = {"sender": short(message.sender), "subject": short(message.subject) or "(no subject)"}
    return {"number": number, "at": moment(message.at), "new": new, **said}


def shown(number: int, message: Message, reading: MessageText) -> Row:
    """Return a message as it is read; the addresses of its links go into `reading`."""
    return {
        "number": number,
        "from": short(message.sender),
        "to": short(message.to),
        "subject": short(message.subject) or "(no subject)",
        "at": moment(message.at),
        "html": None if message.html is None else read_html(message.html, reading),
        "text": read_text(message.text, reading),
        "links": [plain(each) for each in reading.links],
        "source": raw(message),
        "bytes": message.size,
    }


def raw(message: Message) -> str:
    """Return a message as it came over the wire, as text."""
    lines = message.raw.decode("utf-8", "backslashreplace").replace("\r\n", "\n")
    return "\n".join(plain(line) for line in cut(lines, LONGEST_SOURCE).split("\n"))


def short(text: str) -> str:
    """Return a line of a message's head, harmless to look at."""
    return cut(plain(text), LONGEST_HEADER)


def moment(when: datetime) -> str:
    """Return when something came, on the lab's clock."""
    return f"{when:%a} {when.day} {when:%b}, {when:%H:%M}"
