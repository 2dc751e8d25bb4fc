"""What a sequence diagram needs to know of an exchange: one short row.

A row is a list in the order of `FIELDS`, about a hundred bytes of JSON. Headers, bodies and reasons are no part of it:
they are asked for one exchange at a time (`traffic_details`).
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin, urlsplit

from labsrv.kit.http.traffic import Exchange

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
    location = exchange.response_header("Location")
    if not location or exchange.status not in (301, 302, 303, 307, 308):
        return ""

    try:
        return urljoin(exchange.url, location).partition("#")[0]
    except ValueError:
        return ""


def row(exchange: Exchange, follows: int = 0) -> Row:
    """Return what the diagram shows of an exchange, in the order of `FIELDS`."""
    kind, sets, refused = kind_of(exchange), names_set(exchange), names_refused(exchange)
    return [
        exchange.number,
        visitor(exchange.who),
        f"s:{exchange.site}",
        cut(exchange.method, 16),
        cut(path_of(exchange.url)),
        exchange.status,
        kind,
        int(may_be_collapsed(exchange, kind)),
        int(exchange.at.timestamp() * 1000),
        follows,
        cut(going(exchange)),
        cut(", ".join(sets)),
        cut(", ".join(refused)),
        cut(", ".join(names_sent(exchange))),
        cut(", ".join(each.cookie.name for each in exchange.cookies_sent if not each.sent)),
        int(exchange.error is not None),
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


def set_cookies(exchange: Exchange) -> list[str]:
    """Return the values of the answer's Set-Cookie headers."""
    return [value for name, value in exchange.response_headers if name.lower() == "set-cookie"]


def names_set(exchange: Exchange) -> list[str]:
    """Return the names of the cookies that the answer sets."""
    return [cookie_name(value) for value in set_cookies(exchange)]


def names_refused(exchange: Exchange) -> list[str]:
    """Return the names of the cookies that the browser refused; only the lab's own browsers tell."""
    decided = zip(set_cookies(exchange), exchange.cookies_set, strict=False)
    return [cookie_name(value) for value, stored in decided if not (stored.stored or stored.removed)]


def names_sent(exchange: Exchange) -> list[str]:
    """Return the names of the cookies that came with the request."""
    header = exchange.request_header("Cookie") or ""
    return [cookie_name(pair) for pair in header.split(";") if pair.strip()]


def cookie_name(pair: str) -> str:
    """Return the name in `name=value; …`."""
    return pair.partition(";")[0].partition("=")[0].strip()


def going(exchange: Exchange) -> str:
    """Return where a redirect leads: the path, with the host where that is another one."""
    there = target(exchange)
    if not there:
        return ""

    here, parts = urlsplit(exchange.url), urlsplit(there)
    return path_of(there) if here.netloc == parts.netloc else f"{parts.hostname or there}{path_of(there)}"


def path_of(url: str) -> str:
    """Return an address from its path on."""
    parts = urlsplit(url)
    return (parts.path or "/") + (f"?{parts.query}" if parts.query else "")


def cut(text: str, longest: int = LONGEST) -> str:
    """Return the text, shortened in the open."""
    return text if len(text) <= longest else f"{text[: longest - 1]}…"
