"""All there is to know of one exchange, bounded, as plain data; and what changed since the one before."""

import difflib
import itertools
from collections.abc import Iterable, Iterator
from typing import Any

from labsrv.kit.addresses.urls import path_and_query
from labsrv.kit.cookies.parsing import cookie_name, name_and_value
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.text import cut
from labsrv.widgets.text import NAMELESS, body_text, lab_time, set_cookies
from labsrv.widgets.traffic import tokens as traffic_tokens
from labsrv.widgets.traffic.rows import ASSETS, LONGEST, kind_of, names_sent

Change = dict[str, str]

LONGEST_VALUE = 2_000
LONGEST_ERROR = 8_000
MOST_HEADERS = 100
MOST_CHANGES = 60
COMPARED_BODY = 20_000
COMPARED_LINES = 400
# They differ every time and say nothing; cookies are compared one by one.
NOISE = {"date", "content-length", "cookie", "set-cookie"}
NOT_ASKED = "it came along; only the lab's own browsers say why"
NOT_TOLD = "sent to the browser; only the lab's own browsers say what became of it"


def details(exchange: Exchange, before: Exchange | None) -> dict[str, Any]:
    """Return one exchange as JSON data, with what changed since `before`."""
    return {
        "number": exchange.number,
        "who": cut(exchange.who, LONGEST),
        "address": exchange.address,
        "at": lab_time(exchange.at.timestamp()),
        "milliseconds": round(exchange.seconds * 1000, 1),
        "method": cut(exchange.method, 40),
        "url": cut(exchange.url, LONGEST_VALUE),
        "status": exchange.status,
        "request": {
            "headers": pairs(exchange.request_headers),
            "body": body_text(exchange.request_body),
            "cookies": cookies_sent(exchange),
            "tokens": traffic_tokens.shown(exchange, "request"),
        },
        "answer": {
            "headers": pairs(exchange.response_headers),
            "body": body_text(exchange.response_body),
            "cookies": cookies_set(exchange),
            "tokens": traffic_tokens.shown(exchange, "answer"),
        },
        "error": cut(exchange.error or "", LONGEST_ERROR),
        "before": before.number if before else 0,
        "changes": changes(before, exchange) if before else [],
    }


def one_before(exchanges: Iterable[Exchange], exchange: Exchange) -> Exchange | None:
    """Return the last exchange before this one of the same visitor and site; assets are compared with assets only."""
    asset = kind_of(exchange) in ASSETS
    earlier = (
        each
        for each in exchanges
        if each.number < exchange.number and each.who == exchange.who and each.site == exchange.site
    )
    alike = [each for each in earlier if (kind_of(each) in ASSETS) == asset]
    return max(alike, key=lambda each: each.number, default=None)


def pairs(headers: Iterable[tuple[str, str]]) -> list[list[str]]:
    """Return headers, bounded in number and length."""
    return [[cut(name, 200), cut(value, LONGEST_VALUE)] for name, value in list(headers)[:MOST_HEADERS]]


def cookies_sent(exchange: Exchange) -> list[dict[str, Any]]:
    """Return each cookie of this host: whether it came along, and why."""
    decided = [
        {"name": each.cookie.name or NAMELESS, "yes": each.sent, "reason": cut(each.reason, 400)}
        for each in exchange.cookies_sent
    ]
    known = {each["name"] for each in decided}
    unasked = [{"name": name, "yes": True, "reason": NOT_ASKED} for name in names_sent(exchange) if name not in known]
    return [*decided, *unasked][:MOST_HEADERS]


def cookies_set(exchange: Exchange) -> list[dict[str, Any]]:
    """Return each Set-Cookie of the answer: whether the browser took it, and why."""
    told = []
    for index, value in enumerate(set_cookies(exchange)[:MOST_HEADERS]):
        stored = exchange.cookies_set[index] if index < len(exchange.cookies_set) else None
        yes = stored is None or stored.stored or stored.removed
        told.append(
            {
                "name": cookie_name(value) or NAMELESS,
                "yes": yes,
                "reason": cut(stored.reason, 400) if stored else NOT_TOLD,
            }
        )
    return told


def changes(before: Exchange, after: Exchange) -> list[Change]:
    """Say what differs between two exchanges: `sign` is + for what is new, − for what is gone, ~ for what changed."""
    found = [
        *compared("request", "address", {"": address(before)}, {"": address(after)}),
        *compared("request", "header", named(before.request_headers), named(after.request_headers)),
        *compared("request", "cookie", cookie_values(before), cookie_values(after)),
        *compared_bodies("request", before.request_body, after.request_body),
        *compared("answer", "status", {"": str(before.status)}, {"": str(after.status)}),
        *compared("answer", "header", named(before.response_headers), named(after.response_headers)),
        *compared("answer", "cookie set", cookies_given(before), cookies_given(after)),
        *compared_bodies("answer", before.response_body, after.response_body),
    ]
    return found[:MOST_CHANGES]


def address(exchange: Exchange) -> str:
    """Return what was asked for."""
    return f"{exchange.method} {path_and_query(exchange.url)}"


def named(headers: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Return headers by name, those of one name together, without those that always differ."""
    found: dict[str, str] = {}
    for name, value in itertools.islice(headers, MOST_HEADERS):
        if name.lower() not in NOISE:
            key = name.title()
            found[key] = f"{found[key]}, {value}" if key in found else value
    return found


def cookie_values(exchange: Exchange) -> dict[str, str]:
    """Return the cookies that came with a request."""
    parts = (exchange.request_header("Cookie") or "").split(";")
    return dict(name_and_value(part) for part in parts if part.strip())


def cookies_given(exchange: Exchange) -> dict[str, str]:
    """Return the cookies that an answer sets, attributes and all."""
    return {
        name: value.partition("=")[2].strip() if name or value.startswith("=") else value.strip()
        for value in set_cookies(exchange)[:MOST_HEADERS]
        for name in [cookie_name(value)]
    }


def compared(where: str, what: str, before: dict[str, str], after: dict[str, str]) -> list[Change]:
    """Return the difference of two tables of values."""
    return [
        change(where, f"{what} {name}".strip(), before.get(name), after.get(name))
        for name in dict.fromkeys([*before, *after])
        if before.get(name) != after.get(name)
    ]


def change(where: str, what: str, before: str | None, after: str | None) -> Change:
    """Return one difference; None stands for what is not there."""
    sign = "+" if before is None else "−" if after is None else "~"
    return {
        "in": where,
        "what": cut(what, 120),
        "sign": sign,
        "before": cut(before or "", 300),
        "after": cut(after or "", 300),
    }


def compared_bodies(where: str, before: bytes, after: bytes) -> list[Change]:
    """Return the lines that only one of two bodies has; of large or binary ones the length only."""
    if before == after:
        return []

    old, new = body_text(before).splitlines(), body_text(after).splitlines()
    if max(len(before), len(after)) > COMPARED_BODY or max(len(old), len(new)) > COMPARED_LINES:
        return [change(where, "body", f"{len(before):,} bytes", f"{len(after):,} bytes")]

    lines = list(itertools.islice(only_in_one(old, new), MOST_CHANGES // 2 + 1))
    if len(lines) > MOST_CHANGES // 2:
        return [change(where, "body", f"{len(before):,} bytes", f"{len(after):,} bytes")]
    return [change(where, "body", gone, come) for gone, come in lines]


def only_in_one(old: list[str], new: list[str]) -> Iterator[tuple[str | None, str | None]]:
    """Yield the lines that only one of two texts has: (line, None) or (None, line), those in one place alternating."""
    # Which line resembles which is not asked: that takes long for as many lines as there may be.
    for kind, a, b, c, d in difflib.SequenceMatcher(None, old, new).get_opcodes():
        pairs = itertools.zip_longest(old[a:b], new[c:d]) if kind != "equal" else ()
        for gone, come in pairs:
            if gone and gone.strip():
                yield gone.strip(), None
            if come and come.strip():
                yield None, come.strip()
