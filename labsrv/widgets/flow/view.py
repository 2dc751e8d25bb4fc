"""A login message by message: what is in each, who refuses what was changed on the way, and by which rule.

    FlowView(lab, lab.alice, lab.shop.login)

    "Send", perhaps with a change ──▶ kernel: labsrv.kit.flows: walk ──▶ the lab's sites
                                        │
    the next message, what came back ◀── plain data: who said what, and the rule that fits

Alice's forms at the provider are filled in for her. What her browser learns on the way it keeps: `lab.alice.page`.
"""

import threading
from typing import Any

import traitlets

from labsrv.kit.addresses.urls import origin_of
from labsrv.kit.browser.browser import Browser
from labsrv.kit.flows.messages import Changes
from labsrv.kit.flows.walk import Walk
from labsrv.widgets.base import View, source
from labsrv.widgets.flow.shown import outcome, sent, waiting

LONGEST_VALUE = 16_000
MOST_CHANGES = 60


class FlowView(View):
    """Steps through what begins at an address: a page's, or the form of one. `sent` are the messages so far."""

    _esm = source(__file__, "lanes.js", "view.js")
    _css = source(__file__, "view.css")

    name = traitlets.Unicode().tag(sync=True)
    waiting = traitlets.Dict().tag(sync=True)
    sent = traitlets.List(traitlets.Dict()).tag(sync=True)
    outcome = traitlets.Dict().tag(sync=True)
    # Tells two states apart that look the same, and a click from one that came too late.
    count = traitlets.Int(0).tag(sync=True)

    def __init__(self, lab: Any, browser: Browser, begin: Any, **options: Any):
        self.lab = lab
        self.browser = browser
        self.begin = begin
        self.lock = threading.Lock()
        self.walk = Walk(browser, begin, self.name_of)
        super().__init__(name=browser.name, **options)
        self.look()
        lab.traffic.listeners.append(self.overhear)
        self.on_msg(self.wished)
        self.lasts_as_long_as(lab.lifetime)

    def name_of(self, url: str) -> str:
        """Return the name of the site that an address is on."""
        origin = origin_of(url)
        return next((name for name, site in self.lab.sites.items() if site.origin == origin), origin)

    def as_text(self) -> str:
        """Return the messages so far, a line each, and what came of them."""
        lines = [f"A login of {self.browser.name}, message by message"]
        for row in self.sent:
            touched = f" ({', '.join(row['touched'])})" if row["touched"] else ""
            way = "⇒" if row["channel"] == "back" else "→"
            head = f"{row['number']}. {row['from']} {way} {row['to']}: {row['method']} {row['path']}{touched}"
            lines.append(f"{head} → {row['came'] or 'no answer yet'}")
        if self.waiting:
            lines.append(f"Next: {self.waiting['title']}: {self.waiting['method']} {self.waiting['path']}")
        if self.outcome:
            lines += [
                self.outcome["title"],
                *(f"  {each['text']} {each['section']}".rstrip() for each in self.outcome["lines"]),
            ]
        return "\n".join(lines)

    # What one does with it.

    def send_on(self, changes: Changes | None = None) -> None:
        """Send the message that waits, perhaps changed: {place: value}, None for a parameter that is left out."""
        self.walk.send(changes)
        self.look()

    def send_all(self) -> None:
        """Send all messages that are left."""
        self.walk.send_all()
        self.look()

    def begin_again(self, *, fresh: bool = False) -> None:
        """Begin anew; with `fresh` as somebody whose browser has no cookies."""
        self.walk.end()
        if fresh:
            self.browser.jar.clear()
        self.walk = Walk(self.browser, self.begin, self.name_of)
        self.look()

    def look(self) -> None:
        """Show the walk as it is now."""
        with self.hold_sync():
            self.count += 1
            self.waiting, self.sent, self.outcome = waiting(self.walk), sent(self.walk), outcome(self.walk)

    def overhear(self, exchange: Any) -> None:
        """Let the walk know what a site has asked by itself."""
        self.walk.overhear(exchange)

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Do what somebody did in the view; what is none of these, and what came too late, is ignored."""
        if not isinstance(wish, dict) or self.ended or wish.get("count") != self.count:
            return
        # A second click while the first one is at work changes nothing.
        if not self.lock.acquire(blocking=False):
            return
        try:
            match wish:
                case {"do": "send", "changes": changes}:
                    self.send_on(read_changes(changes))
                case {"do": "all", "changes": changes}:
                    self.walk.send(read_changes(changes))
                    self.send_all()
                case {"do": "again", "fresh": bool(fresh)}:
                    self.begin_again(fresh=fresh)
        finally:
            self.lock.release()

    # How it ends.

    def listen_no_more(self) -> None:
        """End the walk, and overhear nothing more."""
        self.walk.end()
        if self.overhear in self.lab.traffic.listeners:
            self.lab.traffic.listeners.remove(self.overhear)


def read_changes(given: Any) -> dict[int, str | None]:
    """Return what is to be changed, by place; what makes no sense is left out."""
    rows = given[:MOST_CHANGES] if isinstance(given, list) else []
    return {
        row[0]: row[1]
        for row in rows
        if isinstance(row, list) and len(row) == 2 and type(row[0]) is int
        and (row[1] is None or (isinstance(row[1], str) and len(row[1]) <= LONGEST_VALUE))
    }  # fmt: skip
