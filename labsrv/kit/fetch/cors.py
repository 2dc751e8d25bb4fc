"""Who may read an answer, and when a browser asks before it sends: CORS as in the Fetch Standard.

    same origin              readable, no questions asked
    simple request           sent at once; the answer is shown only to an origin that it allows
    anything a form cannot   first a preflight (OPTIONS), then the request, if the site agreed

CORS decides who reads. A simple request has arrived and been carried out, whatever its answer says.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from werkzeug.datastructures import Headers

Pairs = list[tuple[str, str]]

SIMPLE_METHODS = {"GET", "HEAD", "POST"}
SIMPLE_TYPES = {"application/x-www-form-urlencoded", "multipart/form-data", "text/plain"}
NORMALIZED = {"DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT"}
FORBIDDEN_METHODS = {"CONNECT", "TRACE", "TRACK"}
READABLE_HEADERS = {
    "cache-control",
    "content-language",
    "content-length",
    "content-type",
    "expires",
    "last-modified",
    "pragma",
}
FORBIDDEN_HEADERS = {
    "accept-charset",
    "accept-encoding",
    "access-control-request-headers",
    "access-control-request-method",
    "connection",
    "content-length",
    "cookie",
    "cookie2",
    "date",
    "dnt",
    "expect",
    "host",
    "keep-alive",
    "origin",
    "referer",
    "set-cookie",
    "te",
    "trailer",
    "transfer-encoding",
    "upgrade",
    "via",
}
UNSAFE_BYTES = re.compile(r'[\x00-\x08\x0a-\x1f"():<>?@\[\\\]{}\x7f]')
LANGUAGE = re.compile(r"[0-9A-Za-z *,\-.;=]*")
RANGE = re.compile(r"bytes=\d+-\d*")

DEFAULT_MAX_AGE = 5.0
LONGEST_MAX_AGE = 7200.0  # Chromium's cap; the standard leaves it to the browser.


class Blocked(Exception):
    """The browser keeps the answer, or the request, from the page; the message says why."""


def method_name(method: str) -> str:
    """Return the method as browsers write it: `patch` stays small, `put` becomes PUT."""
    return method.upper() if method.upper() in NORMALIZED else method


def forbidden(name: str) -> bool:
    """Return whether only the browser itself may set this request header."""
    name = name.lower()
    return name in FORBIDDEN_HEADERS or name.startswith(("proxy-", "sec-"))


def simple_header(name: str, value: str) -> bool:
    """Return whether a form could have sent this header too ("CORS-safelisted request-header")."""
    name = name.lower()

    if len(value.encode()) > 128:
        return False
    if name == "accept":
        return not UNSAFE_BYTES.search(value)
    if name in ("accept-language", "content-language"):
        return LANGUAGE.fullmatch(value) is not None
    if name == "content-type":
        return not UNSAFE_BYTES.search(value) and value.partition(";")[0].strip().lower() in SIMPLE_TYPES

    return name == "range" and RANGE.fullmatch(value) is not None


def unsafe_headers(headers: Pairs) -> list[str]:
    """Return the names of the headers that need permission, sorted, in lower case."""
    simple = [(name, value) for name, value in headers if simple_header(name, value)]
    unsafe = {name.lower() for name, value in headers if not simple_header(name, value)}

    if sum(len(value.encode()) for _, value in simple) > 1024:
        unsafe |= {name.lower() for name, _ in simple}
    return sorted(unsafe)


def needs_preflight(method: str, headers: Pairs) -> str | None:
    """Return why this request has to be announced, or None if a form could have sent it."""
    if method not in SIMPLE_METHODS:
        return f"{method} is no method that a form could send"

    unsafe = unsafe_headers(headers)
    if "content-type" in unsafe:
        return f"{Headers(headers).get('Content-Type')} is no type that a form could send"
    if unsafe:
        return f"a form could not send the header {unsafe[0]}"
    return None


def must_allow(headers: Headers, origin: str, *, with_cookies: bool) -> str:
    """Return why this origin may read the answer, or raise `Blocked` (Fetch, "CORS check")."""
    allowed = headers.getlist("Access-Control-Allow-Origin")
    value = ", ".join(allowed)

    if not allowed:
        raise Blocked(f"the answer has no Access-Control-Allow-Origin, so {origin} may not read it")
    # The star is for what anybody may read, and so never for what a cookie has opened.
    if value == "*" and not with_cookies:
        return "Access-Control-Allow-Origin: * lets everybody read it"
    if value == "*":
        raise Blocked("Access-Control-Allow-Origin: * does not count for a request with credentials")
    if len(allowed) > 1 or "," in value:
        raise Blocked(f"Access-Control-Allow-Origin may name one origin only, and this one says {value}")
    if value != origin:
        raise Blocked(f"Access-Control-Allow-Origin is {value}, and {origin} is asking")
    if with_cookies and ", ".join(headers.getlist("Access-Control-Allow-Credentials")) != "true":
        raise Blocked("a request with credentials needs Access-Control-Allow-Credentials: true")

    return f"Access-Control-Allow-Origin names {origin}"


def exposed(headers: Headers, *, with_cookies: bool) -> Headers:
    """Return the headers that script of another origin may read."""
    named = items_of(headers, "Access-Control-Expose-Headers")
    everything = "*" in named and not with_cookies
    shown = READABLE_HEADERS | {name.lower() for name in named}
    return Headers(
        [(name, value) for name, value in without_set_cookie(headers) if everything or name.lower() in shown]
    )


def without_set_cookie(headers: Headers) -> Headers:
    """Return the headers without those that no script ever reads ("forbidden response-header names")."""
    return Headers([(name, value) for name, value in headers if name.lower() not in ("set-cookie", "set-cookie2")])


def items_of(headers: Headers, name: str) -> list[str]:
    """Return the items of a header that is a list."""
    return [item.strip() for item in ",".join(headers.getlist(name)).split(",") if item.strip()]


def must_agree(
    status: int, headers: Headers, origin: str, method: str, unsafe: list[str], *, with_cookies: bool
) -> None:
    """Raise `Blocked` unless the answer to a preflight permits the request (Fetch, "CORS-preflight fetch")."""
    # The preflight itself has to pass, before what it permits counts.
    try:
        must_allow(headers, origin, with_cookies=with_cookies)
    except Blocked as why:
        raise Blocked(f"the preflight was not agreed to: {why}") from None
    if not 200 <= status <= 299:
        raise Blocked(f"the preflight was answered with {status}, and only 200 to 299 agree")

    methods = items_of(headers, "Access-Control-Allow-Methods")
    names = [name.lower() for name in items_of(headers, "Access-Control-Allow-Headers")]
    if method not in SIMPLE_METHODS and method not in methods and (with_cookies or "*" not in methods):
        raise Blocked(f"the preflight's Access-Control-Allow-Methods does not name {method}")
    for name in unsafe:
        # Authorization has to be named: the star does not cover it.
        if name not in names and (with_cookies or "*" not in names or name == "authorization"):
            raise Blocked(f"the preflight's Access-Control-Allow-Headers does not name {name}")


@dataclass
class Permissions:
    """What earlier preflights permitted, and until when ("CORS-preflight cache")."""

    now: Callable[[], float]
    until: dict[tuple[str, str, bool, str, str], float] = field(default_factory=dict)

    def cover(self, origin: str, url: str, method: str, unsafe: list[str], *, with_cookies: bool) -> bool:
        """Return whether the request needs no further preflight."""
        method_known = method in SIMPLE_METHODS or self.known(origin, url, with_cookies, "method", method)
        return method_known and all(self.known(origin, url, with_cookies, "header", name) for name in unsafe)

    def known(self, origin: str, url: str, with_cookies: bool, kind: str, name: str) -> bool:
        """Return whether one method or header is permitted now, by its name or by a star."""
        stars = [name] if name == "authorization" else [name, "*"]
        # What was permitted to requests with credentials holds without them too ("cache entry match").
        return any(
            self.until.get((origin, url, cookies, kind, word), 0.0) > self.now()
            for word in stars
            for cookies in {with_cookies, True}
        )

    def remember(self, origin: str, url: str, headers: Headers, *, with_cookies: bool) -> None:
        """Keep what a preflight's answer permits, for its Access-Control-Max-Age (5 seconds if it has none)."""
        said = headers.get("Access-Control-Max-Age", "")
        seconds = min(float(said), LONGEST_MAX_AGE) if said.isdecimal() else DEFAULT_MAX_AGE
        words = [("method", method) for method in items_of(headers, "Access-Control-Allow-Methods")]
        words += [("header", name.lower()) for name in items_of(headers, "Access-Control-Allow-Headers")]

        for kind, word in words:
            if word != "*" or not with_cookies:
                self.until[(origin, url, with_cookies, kind, word)] = self.now() + seconds
