"""A browser's cookies, seen through: every attribute, what script sees, and why each was sent or withheld.

    CookieInspector(lab.alice)
    CookieInspector(lab.alice, sites=lab.sites)      "would it be sent if …" asks about these sites, too
    CookieInspector(lab.alice, keys=lab.jwks)        a token in a cookie is checked with these keys

What a cookie is about is sent for the chosen one only; the list has a line each.
"""

import itertools
from collections import deque
from typing import Any
from urllib.parse import urlsplit

import traitlets

from labsrv.kit.addresses.sites import host_of
from labsrv.kit.browser.browser import Browser
from labsrv.kit.clock import Clock
from labsrv.kit.cookies.jar import Cookie
from labsrv.kit.cookies.matching import domain_matches
from labsrv.kit.cookies.parsing import cookie_name
from labsrv.kit.cookies.words import moment, words_about
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.text import cut
from labsrv.kit.tokens.compact import tokens_in
from labsrv.widgets import show
from labsrv.widgets.base import source
from labsrv.widgets.cookies.questions import AFTER, BY, OVER, address, answer_to, hosts_of, sources_for, valid_question
from labsrv.widgets.pacing import Pace
from labsrv.widgets.tokens.looking import PLACE, LooksIntoTokens

MOST_COOKIES = 100
MOST_REQUESTS = 15
MOST_DECISIONS = 60
LONGEST_VALUE = 300
LONGEST_LINE = 120

Row = dict[str, Any]


class CookieInspector(LooksIntoTokens):
    """The cookies of one browser. `chosen` and `request` are what is looked at, `answer` the jar's last what-if."""

    _esm = "\n".join([source(__file__, "inspector.js"), PLACE])
    _css = source(__file__, "inspector.css")

    LOOKS = frozenset({"choose", "ask", "request", "token", "look away", "look"})

    name = traitlets.Unicode().tag(sync=True)
    cookies: traitlets.List[Row] = traitlets.List().tag(sync=True)
    chosen = traitlets.Dict().tag(sync=True)
    answer = traitlets.Dict().tag(sync=True)
    requests: traitlets.List[Any] = traitlets.List().tag(sync=True)
    request = traitlets.Dict().tag(sync=True)
    choices = traitlets.Dict().tag(sync=True)

    def __init__(self, browser: Browser, *, sites: Any = (), keys: Any = None, **options: Any):
        self.browser = browser
        self.token_keys = keys
        self.sites = hosts_of(sites)
        self.question: Any = None
        self.turn = 0
        self.key: str | None = None
        self.token = ""
        self.serials = itertools.count(1)
        self.recent: deque[tuple[int, Exchange]] = deque(maxlen=MOST_REQUESTS)
        self.followed: int | None = None
        # What happened before the view was made can be looked at, too.
        for exchange in browser.history[-MOST_REQUESTS:]:
            self.recent.append((next(self.serials), exchange))
        choices = {"by": list(BY.items()), "after": list(AFTER.items()), "over": list(OVER)}
        super().__init__(name=browser.name, choices=choices, **options)
        self.pace = Pace(self.update)
        # Every clock shows the one time of this process: cookies expire when anybody moves it.
        self.clock = Clock()
        self.listen()
        self.pace.now()
        self.on_msg(self.wished)
        self.lasts_as_long_as(browser.lifetime)

    def as_text(self) -> str:
        """Return the cookies, a line each, and what was decided about them at the last request."""
        last = self.browser.history[-1:]
        return repr(show.cookies(self.browser)) + "".join(f"\n{show.sent(each)!r}" for each in last)

    def listen(self) -> None:
        """Listen to every exchange, change of the jar, and move of time."""
        self.browser.network.listeners.append(self.keep_exchange)
        self.browser.jar.listeners.append(self.pace.changed)
        self.clock.listeners.append(self.look_again)

    def keep_exchange(self, exchange: Exchange) -> None:
        """Keep an exchange of this browser to look at."""
        with self.pace.lock:
            self.recent.append((next(self.serials), exchange))
        self.pace.changed()

    def look_again(self, _: float) -> None:
        """Look again: some cookies may have expired."""
        self.pace.changed()

    def update(self) -> None:
        """Send the front end what there is to see."""
        found = self.browser.jar.copy().all()[:MOST_COOKIES]
        by_key = {key_of(each): each for each in found}
        if self.key not in by_key:
            self.key = next(iter(by_key), None)

        self.cookies = [summary(each) for each in found]
        self.look_at(by_key.get(self.key) if self.key else None)
        self.look_at_request()

    def look_at(self, cookie: Cookie | None) -> None:
        """Show all about the chosen cookie, and answer the last question about it."""
        self.token = next(iter(tokens_in(cookie.value)), "") if cookie else ""
        if cookie is None:
            self.chosen, self.answer = {}, {}
            return

        # Sites that were given come first; those that the browser has been to may be asked about as well.
        known = list(dict.fromkeys([*self.sites, *hosts_of(each.url for _, each in self.recent)]))
        self.question = valid_question(self.question, cookie, known)
        self.chosen = {
            **details(cookie, self.browser),
            "key": key_of(cookie),
            "token": bool(self.token),
            "script": self.script_view(cookie),
            "sources": [list(each) for each in sources_for(cookie, known)],
        }
        answer = answer_to(self.browser.jar, cookie, self.question)
        self.answer = {**answer, "asked": self.question, "turn": self.turn}

    def script_view(self, cookie: Cookie) -> Row:
        """Return what `document.cookie` shows where this cookie is at home: on the current page, if it is there."""
        page = self.browser.page
        at_home = page is not None and domain_matches(host_of(page.url), cookie.domain)
        url = page.url if page and at_home else address(cookie, "https" if cookie.secure else "http")
        decisions = self.browser.jar.copy().cookies_for(url, for_script=True)
        own = next((each for each in decisions if each.cookie.key == cookie.key), None)
        line = self.browser.jar.header(decisions)
        return {
            "at": cut(url.partition("#")[0], LONGEST_LINE),
            "line": cut(line, LONGEST_VALUE),
            "sees": bool(own and own.sent),
            "hidden": [each.cookie.name for each in decisions if not each.sent and each.cookie.http_only],
        }

    def look_at_request(self) -> None:
        """Show the request that is followed, by default the last, and what the jar decided."""
        self.requests = [[serial, line_of(each)] for serial, each in reversed(self.recent)]
        by_serial = dict(self.recent)
        newest = self.recent[-1][0] if self.recent else 0
        serial = self.followed if self.followed in by_serial else newest
        if serial in by_serial:
            decided = decisions_of(by_serial[serial])
            self.request = {
                "serial": serial,
                "follows": serial != self.followed,
                "rows": decided[:MOST_DECISIONS],
                "more": max(0, len(decided) - MOST_DECISIONS),
            }

    def wished(self, _: Any, wish: Any, __: Any) -> None:
        """Look at what somebody chose; what cannot be chosen changes nothing."""
        # Anybody who runs script in the notebook can send a wish: each part is checked for its type.
        with self.pace.lock:
            match wish:
                case {"do": "choose", "key": str(key)}:
                    self.key = key
                case {"do": "ask", "question": dict(question), "turn": int(turn)}:
                    self.question, self.turn = question, turn
                case {"do": "request", "serial": int(serial)}:
                    self.followed = serial or None
                case {"do": "token"} if self.token:
                    self.look_into(self.token, f"Token in the cookie {self.chosen['name']}")
                case {"do": "look away"}:
                    self.look_away()
                case {"do": "look"}:
                    pass
                case _:
                    return
            self.pace.now()

    def last_look(self) -> None:
        """Show what there is at the last moment."""
        self.pace.now()

    def listen_no_more(self) -> None:
        """Listen to neither the browser nor the clock."""
        pairs: list[tuple[list[Any], Any]] = [
            (self.browser.network.listeners, self.keep_exchange),
            (self.browser.jar.listeners, self.pace.changed),
            (self.clock.listeners, self.look_again),
        ]
        for listeners, own in pairs:
            if own in listeners:
                listeners.remove(own)

    def close(self) -> None:
        """Close the view, and stop listening."""
        self.pace.stop()
        super().close()


def key_of(cookie: Cookie) -> str:
    """Return what tells one cookie from every other, as text."""
    return f"{cookie.name}\n{cookie.domain}\n{cookie.host_only}\n{cookie.path}"


def summary(cookie: Cookie) -> Row:
    """Return a cookie as a line of a list."""
    open_ends = [word.attribute for word in words_about(cookie) if word.tone == "open"]
    where = cookie.domain + ("" if cookie.path == "/" else cookie.path)
    return {
        "key": key_of(cookie),
        "name": cut(cookie.name, LONGEST_LINE),
        "where": cut(where, LONGEST_LINE),
        "open": len(open_ends),
    }


def details(cookie: Cookie, browser: Browser) -> Row:
    """Return a cookie with a word about each attribute."""
    words = words_about(cookie, browser.jar.lax_allow_unsafe_seconds)
    return {
        "name": cookie.name,
        "value": cut(cookie.value, LONGEST_VALUE),
        "length": len(cookie.value),
        "words": [[each.attribute, each.says, each.meaning, each.tone] for each in words],
        "times": f"Set {moment(cookie.created)}, last used {moment(cookie.last_access)}.",
    }


def line_of(exchange: Exchange) -> str:
    """Return a request and its answer as one line."""
    parts = urlsplit(exchange.url)
    address = f"{parts.hostname}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    return f"{exchange.method} {cut(address, LONGEST_LINE)} → {exchange.status}"


def decisions_of(exchange: Exchange) -> list[list[str]]:
    """Return what the jar decided: a name, one word, and the reason, for each cookie that could go or that came."""
    rows = [decision(each.cookie.name, each.reason) for each in exchange.cookies_sent]
    came = [value for name, value in exchange.response_headers if name.lower() == "set-cookie"]
    for value, stored in zip(came, exchange.cookies_set, strict=False):
        rows.append(decision(stored.cookie.name if stored.cookie else cookie_name(value), stored.reason))
    return rows


def decision(name: str, reason: str) -> list[str]:
    """Split a reason into the word it begins with and the rest."""
    word, _, rest = reason.partition(", ")
    return [cut(name, LONGEST_LINE), word, cut(rest, LONGEST_VALUE)]
