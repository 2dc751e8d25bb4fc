"""The tokens that went along with a request or an answer: in a header, in a cookie, in a body."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from labsrv.kit.http.traffic import Exchange
from labsrv.kit.text import cut, plain
from labsrv.kit.tokens.compact import MOST_FOUND, SCANNED, tokens_in

# Characters that a token has at least: shorter values are not even looked at.
SHORTEST = 20


@dataclass(frozen=True)
class Found:
    """A token: `half` is "request" or "answer", `place` the number of a header or -1 for the body, `where` says it."""

    half: str
    place: int
    where: str
    token: str


def tokens_of(exchange: Exchange) -> list[Found]:
    """Return the tokens of an exchange, in the order in which they are read; eight at most."""
    return [*found_in("request", exchange), *found_in("answer", exchange)][:MOST_FOUND]


def found_in(half: str, exchange: Exchange) -> Iterator[Found]:
    """Yield the tokens in the headers, then those in the body, of one half."""
    asked = half == "request"
    headers = exchange.request_headers if asked else exchange.response_headers
    body = exchange.request_body if asked else exchange.response_body

    for place, name, value in texts(headers, body):
        for token in tokens_in(value) if len(value) >= SHORTEST else ():
            yield Found(
                half, place, f"{name} of the {half}" if place < 0 else f"the header {cut(plain(name), 40)}", token
            )


def texts(headers: Iterable[tuple[str, str]], body: bytes) -> Iterator[tuple[int, str, str]]:
    """Yield (place, name, text) of what may hold a token."""
    for place, (name, value) in enumerate(headers):
        yield place, name, value
    yield -1, "the body", body[:SCANNED].decode("utf-8", "replace")


def shown(exchange: Exchange, half: str) -> list[list[Any]]:
    """Return the tokens of one half as plain data: their numbers in the exchange, their places, and where they are."""
    return [[which, each.place, each.where] for which, each in enumerate(tokens_of(exchange)) if each.half == half]
