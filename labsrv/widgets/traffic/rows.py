"""What a sequence diagram needs to know of an exchange: one short row.

A row is a list in the order of `FIELDS`, about a hundred bytes of JSON. Headers, bodies and reasons are no part of it:
they are asked for one exchange at a time (`details`).
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from labsrv.kit.addresses.urls import BadAddress, path_and_query, without_fragment
from labsrv.kit.cookies.parsing import cookie_name
from labsrv.kit.fetch import redirects
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.text import cut
from labsrv.widgets.text import NAMELESS, set_cookies

Row = list[Any]

FIELDS = (
    "number",
    "from",  # "v:" and a visitor's name, or "s:" and a site's
    "to",
    "method",
    "path",
    "status",
    "kind",  # page, frame, fetch, preflight, or what a page is made of: image, style, script, …
    "asset",  # 1 if it may be collapsed: part of a page, of its own site, and nothing happened with cookies
    "at",  # lab clock, milliseconds since the epoch
    "follows",  # the number of the exchange whose redirect led here, or 0
    "going",  # where its own redirect leads
    "sets",  # names of the cookies that the answer sets
    "refused",  # those of them that the browser refused
    "sent",  # names of the cookies that came along
    "withheld",  # names of those that stayed at home
    "raised",  # 1 if the site raised
    "after",  # the number of the last exchange that had ended when this one began
)
ASSETS = ("image", "style", "script", "font", "audio", "video", "track", "manifest")
DESTINATIONS = {"document": "page", "iframe": "frame", "frame": "frame", "empty": "fetch"}
CONTENT = {"image/": "image", "text/css": "style", "text/javascript": "script", "font/": "font"}
SERVER = " (server)"
LONGEST = 72
AWAITED = 50


class Chains:
    """Finds which exchange a redirect has led to: the next one of the same visitor at that address."""

    def __init__(self) -> None:
        self.awaited: dict[tuple[str, str], int] = {}

    def follows(self, exchange: Exchange) -> int:
        """Return the number of the exchange that redirected here, or 0; exchanges come in their order."""
        came_from = self.awaited.pop((exchange.who, exchange.url), 0)
        going = target(exchange)
        if going:
            self.awaited[exchange.who, going] = exchange.number
        while len(self.awaited) > AWAITED:
            del self.awaited[next(iter(self.awaited))]
        return came_from


def target(exchange: Exchange) -> str:
    """Return the absolute address that the answer redirects to, without a fragment, or ""."""
    try:
        there = redirects.target(exchange.url, exchange.status, exchange.response_header("Location"))
    except BadAddress:
        return ""

    return without_fragment(there or "")


def row(exchange: Exchange, follows: int = 0) -> Row:
    """Return what the diagram shows of an exchange, in the order of `FIELDS`."""
    kind, sets, refused = kind_of(exchange), names_set(exchange), names_refused(exchange)
    return [
        exchange.number,
        visitor(exchange.who),
        f"s:{exchange.site}",
        cut(exchange.method, 16),
        cut(path_and_query(exchange.url), LONGEST),
        exchange.status,
        kind,
        int(may_be_collapsed(exchange, kind)),
        int(exchange.at.timestamp() * 1000),
        follows,
        cut(going(exchange), LONGEST),
        cut(", ".join(sets), LONGEST),
        cut(", ".join(refused), LONGEST),
        cut(", ".join(names_sent(exchange)), LONGEST),
        cut(", ".join(each.cookie.name or NAMELESS for each in exchange.cookies_sent if not each.sent), LONGEST),
        int(exchange.error is not None),
        exchange.after,
    ]


def rows(exchanges: Iterable[Exchange], chains: Chains | None = None) -> list[Row]:
    """Return the rows of exchanges in their order, redirects recognised."""
    chains = chains or Chains()
    return [row(each, chains.follows(each)) for each in exchanges]


def visitor(who: str) -> str:
    """Return the lane of a visitor; a site that calls another one keeps its own lane."""
    return f"s:{who.removesuffix(SERVER)}" if who.endswith(SERVER) else f"v:{who}"


def kind_of(exchange: Exchange) -> str:
    """Say what the request was made for: as Fetch Metadata has it, or by what came back."""
    destination = (exchange.request_header("Sec-Fetch-Dest") or "").lower()

    if exchange.method == "OPTIONS" and exchange.request_header("Access-Control-Request-Method"):
        return "preflight"
    if destination in ASSETS:
        return destination
    if destination in DESTINATIONS:
        return DESTINATIONS[destination]

    content = (exchange.response_header("Content-Type") or "").lower()
    return next((kind for start, kind in CONTENT.items() if content.startswith(start)), "page")


def may_be_collapsed(exchange: Exchange, kind: str) -> bool:
    """Say whether an exchange is a part of its own site's page that tells no story of its own."""
    own = exchange.request_header("Sec-Fetch-Site") in (None, "same-origin", "same-site")
    withheld = any(not each.sent for each in exchange.cookies_sent)
    return kind in ASSETS and own and exchange.status in (200, 304) and not (names_set(exchange) or withheld)


def names_set(exchange: Exchange) -> list[str]:
    """Return the names of the cookies that the answer sets."""
    return [cookie_name(value) or NAMELESS for value in set_cookies(exchange)]


def names_refused(exchange: Exchange) -> list[str]:
    """Return the names of the cookies that the browser refused; only the lab's own browsers tell."""
    decided = zip(set_cookies(exchange), exchange.cookies_set, strict=False)
    return [cookie_name(value) or NAMELESS for value, stored in decided if not (stored.stored or stored.removed)]


def names_sent(exchange: Exchange) -> list[str]:
    """Return the names of the cookies that came with the request."""
    header = exchange.request_header("Cookie") or ""
    return [cookie_name(pair) or NAMELESS for pair in header.split(";") if pair.strip()]


def going(exchange: Exchange) -> str:
    """Return where a redirect leads: the path, with the host where that is another one."""
    there = target(exchange)
    if not there:
        return ""

    here, parts = urlsplit(exchange.url), urlsplit(there)
    return path_and_query(there) if here.netloc == parts.netloc else f"{parts.hostname or there}{path_and_query(there)}"
