"""What came of sending a token, as plain data: a page, an answer, an exchange, or whatever a function returned.

send=as_bearer(lab.alice, lab.api.pay)       a function that sends a token the way RFC 6750 has it
"""

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from labsrv.kit.browser.browser import Browser
from labsrv.kit.browser.page import Page
from labsrv.kit.browser.response import Response
from labsrv.kit.http.traffic import Exchange
from labsrv.kit.text import cut, plain
from labsrv.widgets.text import body_text

LONGEST_BODY = 1_500
LONGEST_LINE = 400
# Response headers that tell of a token: what is asked for, and what was set or withheld.
TELLING = ("www-authenticate", "location", "set-cookie", "retry-after")
MOST_LINES = 8


def as_bearer(browser: Browser, url: Any, *, method: str = "GET") -> Callable[[str], Response]:
    """Return a function that sends a token to an address as script of that site would (RFC 6750, 2.1)."""

    def send(token: str) -> Response:
        return browser.fetch(url, method=method, headers={"Authorization": f"Bearer {token}"}, from_=url)

    return send


def try_out(send: Callable[[str], Any], token: str) -> dict[str, Any]:
    """Send a token, and return what came of it, an exception too."""
    try:
        return answer_of(send(token))
    except Exception as error:
        # Whatever the function is: what it says is what there is to show.
        return {"ok": False, "line": cut(plain(f"{type(error).__name__}: {error}"), LONGEST_LINE)}


def answer_of(result: Any) -> dict[str, Any]:
    """Return what a site has answered, or what else came back, as plain data."""
    if isinstance(result, Exchange):
        return exchange_shown(result)
    if isinstance(result, Page | Response) and result.exchanges:
        # The first one was about the token; where its redirects led is another story.
        return exchange_shown(result.exchanges[0])
    if isinstance(result, Response):
        return {"ok": False, "line": cut(plain(f"Nothing was answered: {result.reason}"), LONGEST_LINE)}

    return {"ok": None, "line": "It returned", "body": cut(plain(str(result)), LONGEST_BODY)}


def exchange_shown(exchange: Exchange) -> dict[str, Any]:
    """Return the status, the headers that tell something, and the body of an answer."""
    headers = [
        [name, cut(plain(value), LONGEST_LINE)] for name, value in exchange.response_headers if name.lower() in TELLING
    ]
    return {
        "ok": exchange.status < 300 if not 300 <= exchange.status < 400 else None,
        "line": cut(plain(f"{status_in_words(exchange.status)} from {exchange.method} {exchange.url}"), LONGEST_LINE),
        "headers": headers[:MOST_LINES],
        "body": cut(plain(body_text(exchange.response_body)), LONGEST_BODY),
    }


def status_in_words(status: int) -> str:
    """Return a status with its phrase, where it has one (RFC 9110, 15)."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)
