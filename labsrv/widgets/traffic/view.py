"""The sequence diagram of what really happened: a lane for each visitor and site, an arrow for each message.

    TrafficView(lab.traffic)                 everybody, live
    TrafficView(lab.traffic, who="alice")    one visitor
    TrafficView(lab.traffic, keys=lab.jwks)  tokens that are looked into are checked with these keys

kernel ──── the row of an exchange that is over; many together ─────▶ view
       ◀─── rows after number …? the details of number …? ───────────
       ──── those rows; that exchange's headers, bodies, reasons ───▶
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import traitlets

from labsrv.kit.http.traffic import Exchange, Traffic
from labsrv.kit.text import cut
from labsrv.widgets import show
from labsrv.widgets.base import source
from labsrv.widgets.pacing import Pace
from labsrv.widgets.tokens.looking import PLACE, LooksIntoTokens
from labsrv.widgets.traffic.details import details, one_before
from labsrv.widgets.traffic.rows import FIELDS, Chains, Row, rows, visitor
from labsrv.widgets.traffic.tokens import tokens_of

AT_FIRST = 100
AT_A_TIME = 500
MOST_PARTIES = 100


class TrafficView(LooksIntoTokens):
    """Shows the exchanges of a `Traffic`, and goes on with it; `who` names the visitors to show, all by default."""

    # The script is long enough to stand in three files.
    _esm = "\n".join([source(__file__, "lines.js", "pictures.js", "view.js"), PLACE])
    _css = source(__file__, "view.css")

    LOOKS = frozenset({"hello", "bye", "open", "token", "look away"})

    fields = traitlets.List(traitlets.Unicode(), list(FIELDS)).tag(sync=True)
    start: traitlets.List[Any] = traitlets.List().tag(sync=True)
    parties = traitlets.Dict().tag(sync=True)
    hidden = traitlets.List(traitlets.Unicode(), maxlen=MOST_PARTIES).tag(sync=True)
    since = traitlets.Int(0).tag(sync=True)

    def __init__(self, traffic: Traffic, *, who: str | Iterable[str] | None = None, keys: Any = None, **options: Any):
        self.traffic = traffic
        self.token_keys = keys
        self.who = {who} if isinstance(who, str) else set(who) if who is not None else None
        self.waiting: list[Exchange] = []
        self.chains = Chains()
        self.shown = 0
        self.unseen = False
        self.pace = Pace(self.pass_on)
        # Nothing that comes meanwhile is missed: it waits at the lock.
        with self.pace.lock:
            traffic.listeners.append(self.hear)
            known = self.exchanges()
            self.newest = known[-1].number if known else 0
            super().__init__(parties=parties_of(known), start=rows(known, self.chains)[-AT_FIRST:], **options)
        self.on_msg(self.take)
        self.lasts_as_long_as(traffic.lifetime)

    def exchanges(self) -> list[Exchange]:
        """Return the exchanges that this view is about."""
        return [each for each in self.traffic if self.concerns(each)]

    def as_text(self) -> str:
        """Return the last exchanges, a line each."""
        return repr(show.traffic(self.exchanges()))

    def concerns(self, exchange: Exchange) -> bool:
        """Say whether an exchange is one of the visitors that this view is about."""
        return self.who is None or exchange.who in self.who

    def clear(self) -> None:
        """Show what happens from now on; the exchanges themselves stay where they are."""
        self.since = self.traffic.newest

    # From the threads that exchanges end in to the front end.

    def hear(self, exchange: Exchange) -> None:
        """Note an exchange that is over; it goes to the front end at once, many right after each other together."""
        with self.pace.lock:
            if self.concerns(exchange) and exchange.number > self.newest:
                self.newest = exchange.number
                self.waiting.append(exchange)
                self.pace.changed()

    def pass_on(self) -> None:
        """Send the rows of the exchanges that have come since the last time."""
        fresh, self.waiting = self.waiting, []
        new = rows(fresh, self.chains)
        met = {key: name for key, name in parties_of(fresh).items() if name != key[2:] or key not in self.parties}
        self.parties = dict(list({**self.parties, **met}.items())[:MOST_PARTIES])
        # Nobody looks any more, for example since the cell was run again: who comes back asks for all rows.
        if not self.unseen:
            self.send_rows(new)

    def send_rows(self, new: list[Row]) -> None:
        """Send rows, some hundred at a time, and the number of the oldest exchange that is still kept."""
        first = next(iter(self.traffic), None)
        oldest = first.number if first else 0
        for begin in range(0, max(len(new), 1), AT_A_TIME):
            self.send({"rows": new[begin : begin + AT_A_TIME], "oldest": oldest})

    # From the front end.

    def take(self, _: Any, message: Any, buffers: Any = None) -> None:
        """Do what a message from the front end asks for; what is none of these is ignored."""
        known = {"hello": self.greet, "bye": self.part, "open": self.show, "look away": self.shut_token}
        number = message.get("number", 0) if isinstance(message, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or number < 0:
            return

        match message:
            case {"do": "token", "which": int(which)}:
                self.open_token(number, which)
            case {"do": str(do)} if do in known:
                known[do](number)

    def greet(self, number: int) -> None:
        """Send a new front end all rows after this number."""
        self.shown, self.unseen = self.shown + 1, False
        self.send_rows([row for row in rows(self.exchanges()) if row[0] > number])

    def part(self, number: int) -> None:
        """Send nothing any more when the last front end has gone."""
        self.shown = max(0, self.shown - 1)
        self.unseen = self.shown == 0

    def show(self, number: int) -> None:
        """Send the details of one exchange."""
        found = self.exchange(number)
        if found is None:
            self.send({"missing": number})
        else:
            self.send({"details": details(found, one_before(self.exchanges(), found))})

    def exchange(self, number: int) -> Exchange | None:
        """Return the exchange of this number, as long as it is kept."""
        return next((each for each in reversed(self.exchanges()) if each.number == number), None)

    def open_token(self, number: int, which: int) -> None:
        """Look into one of the tokens of an exchange; one that is not there any more changes nothing."""
        exchange = self.exchange(number)
        found = tokens_of(exchange) if exchange else []
        if 0 <= which < len(found):
            self.look_into(found[which].token, f"Token in {found[which].where} of #{number}")

    def shut_token(self, _: int) -> None:
        """Close the token that is open."""
        self.look_away()

    def last_look(self) -> None:
        """Show the last exchanges."""
        self.pace.now()

    def listen_no_more(self) -> None:
        """Hear of no exchange any more."""
        if self.hear in self.traffic.listeners:
            self.traffic.listeners.remove(self.hear)

    def close(self) -> None:
        """End the view."""
        self.pace.stop()
        super().close()


def parties_of(exchanges: Iterable[Exchange]) -> dict[str, str]:
    """Return who took part, in the order of their coming; a site is called by its host once that is known."""
    found: dict[str, str] = {}
    for exchange in exchanges:
        caller, site = visitor(exchange.who), f"s:{exchange.site}"
        found.setdefault(caller, cut(caller[2:], 40))
        found[site] = cut(urlsplit(exchange.url).hostname or exchange.site, 40)
    return found
