"""The jar's decisions against a real Chromium's: the tables' rows, replayed on `*.localhost`.

One page goes through all rows of a table, its cookies cleared in between. Rows that need https, another clock or a
header that no server can send are left out; how many are left in is printed.
"""

import importlib.util
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

import pytest

from labsrv.kit.cookies import Cookie, CookieJar

LEFT_OUT = {
    "None: an image": "Chromium blocks third-party cookies of its own accord",
    "5.6.2 one second": "a second may pass",
    "expired as time goes by, exactly at its second": "seconds may pass",
    "not yet, a second earlier": "seconds may pass",
    "eviction: expired ones go before all": "seconds may pass",
    "expired ones are gone, exactly at their second": "seconds may pass",
    "5.6 an unknown attribute is ignored": "Partitioned is known to Chromium",
    "5.1.1 a letter after a field belongs to its token": "dates follow the draft",
    "5.1.1 a year of one digit": "dates follow the draft",
    "5.1.1 a year of five digits": "dates follow the draft",
    "5.1.1 year 100 is too early": "dates follow the draft",
    "5.1.1 year 1600 is too early": "dates follow the draft",
}


def table(name: str) -> ModuleType:
    """Return the test file of this name, for its rows."""
    spec = importlib.util.spec_from_file_location(
        f"replayed_{name}", Path(__file__).with_name(f"test_cookies_{name}.py")
    )
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


class Sites(ThreadingHTTPServer):
    """One server for every `*.localhost` name: sets the cookies it is told to, and notes those that it gets."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.set_cookies: list[str] = []
        self.page = ""
        self.got: dict[str, str] = {}

    def at(self, url: str) -> str:
        """Return a table's address at this server's port."""
        parts = urlsplit(url)
        return parts._replace(netloc=f"{parts.hostname}:{self.server_port}").geturl()


class Answer(BaseHTTPRequestHandler):
    """Answer every path and method alike."""

    server: Sites

    def do_GET(self) -> None:
        self.server.got[self.path] = self.headers.get("Cookie", "")
        self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        for set_cookie in self.server.set_cookies:
            self.send_header("Set-Cookie", set_cookie)
        self.end_headers()
        self.wfile.write(f"<!doctype html><link rel=icon href=data:,>{self.server.page}".encode())

    do_POST = do_GET

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def sites() -> Iterator[Sites]:
    with Sites() as server:
        thread = Thread(target=server.serve_forever, args=(0.01,))
        thread.start()
        yield server
        server.shutdown()
        thread.join()


def local(url: str) -> bool:
    parts = urlsplit(url)
    host = parts.hostname or ""
    return parts.scheme == "http" and (host.endswith("localhost") or host == "127.0.0.1")


def visit(page: Any, sites: Sites, url: str, *set_cookies: str) -> None:
    """Open a typed address that sets these cookies."""
    sites.set_cookies = list(set_cookies)
    page.goto(sites.at(url))
    sites.set_cookies = []


def chromium_keeps(context: Any, jar: CookieJar) -> bool:
    """Return whether Chromium has the jar's cookies, in every field; expiry within five seconds."""
    theirs = sorted(context.cookies(), key=lambda cookie: (cookie["name"], cookie["domain"], cookie["path"]))
    ours = sorted(
        (as_chromium_shows(cookie) for cookie in jar.all()), key=lambda c: (c["name"], c["domain"], c["path"])
    )
    expiries = [(cookie.pop("expires"), other.pop("expires")) for cookie, other in zip(theirs, ours, strict=False)]

    return theirs == ours and all(abs(their - our) < 5 for their, our in expiries)


def as_chromium_shows(cookie: Cookie) -> dict[str, Any]:
    """Return a cookie in playwright's form: a dot in front for "and below", Lax if none was given, -1 for no expiry."""
    return {
        "name": cookie.name,
        "value": cookie.value,
        "domain": cookie.domain if cookie.host_only else f".{cookie.domain}",
        "path": cookie.path,
        "secure": cookie.secure,
        "httpOnly": cookie.http_only,
        "sameSite": "Lax" if cookie.same_site == "Default" else cookie.same_site,
        "expires": -1 if cookie.expires is None else cookie.expires,
    }


def replayable(set_cookie: str) -> bool:
    """Return whether a server can send this, and playwright read it: one line of ASCII without a zero byte."""
    return set_cookie.isascii() and not set("\r\n\0") & set(set_cookie)


def replays() -> Iterator[tuple[str, list[tuple[str, str, bool]]]]:
    """Yield a name, and the Set-Cookies of a row with their addresses and whether they come over HTTP."""
    storing = table("storing")
    for row in table("prefixes").ROWS + storing.ROWS:
        steps = [(*each, True) for each in row.before] + [(row.set_cookie, row.url, row.how != storing.SCRIPT)]
        if row.how in ({}, storing.SCRIPT):
            yield row.name, steps

    for row in table("parsing").ROWS:
        yield f"{row.section} {row.name}", [(row.set_cookie, storing.SHOP, True)]

    for row in table("dates").ROWS:
        yield f"{row.section} {row.name}", [(f"a=1; Expires={row.text}", storing.SHOP, True)]


def test_chromium_stores_the_same_cookies(chromium_page, sites, record_figure):
    """Every row of the storage, parsing and date tables leaves the same cookies in Chromium, in every field."""
    rows = [
        (name, steps)
        for name, steps in replays()
        if name not in LEFT_OUT and all(local(url) and replayable(text) for text, url, _ in steps)
    ]
    differences = {}

    for name, steps in rows:
        jar = CookieJar()
        chromium_page.context.clear_cookies()
        for set_cookie, url, from_http in steps:
            jar.receive(set_cookie, url, from_http=from_http)
            visit(chromium_page, sites, url, *[set_cookie] * from_http)
            if not from_http:
                chromium_page.evaluate("text => { document.cookie = text }", set_cookie)
        if not chromium_keeps(chromium_page.context, jar):
            differences[name] = chromium_page.context.cookies()

    record_figure("cookies: storage rows held against Chromium", len(rows))
    assert differences == {}


def test_chromium_sends_the_same_headers(chromium_page, sites, record_figure):
    """Cookies set one after another go out in the same order and form."""
    retrieving = table("retrieving")
    rows = [row for row in table("sequences").SEQUENCES + retrieving.HEADERS if row.name not in LEFT_OUT]
    sequences = [row.set_cookies for row in rows if not getattr(row, "limits", None)]
    differences = {}

    for set_cookies in sequences:
        jar = CookieJar()
        chromium_page.context.clear_cookies()
        for set_cookie in set_cookies:
            jar.receive(set_cookie, retrieving.SHOP)
            visit(chromium_page, sites, retrieving.SHOP, set_cookie)
        visit(chromium_page, sites, f"{retrieving.SHOP}b/c")
        expected = jar.header(jar.cookies_for(f"{retrieving.SHOP}b/c"))
        if sites.got["/b/c"] != expected:
            differences[set_cookies] = (expected, sites.got["/b/c"])

    record_figure("cookies: headers held against Chromium", len(sequences))
    assert differences == {}


def test_chromium_enforces_same_site_alike(chromium_page, sites, record_figure):
    """Links, forms and images of another site carry the same cookies."""
    same_site = table("same_site")
    asks = {"typed": {}, "link": same_site.LINK, "form": same_site.FORM, "image": same_site.IMAGE}
    rows = same_site.ROWS + table("retrieving").ROWS
    rows = [row for row in rows if row.ask in asks.values() and not row.age and row.seconds == 120]
    rows = [row for row in rows if local(row.url) and local(row.set_at) and row.name not in LEFT_OUT]
    differences = {}

    for number, row in enumerate(rows):
        kind = next(kind for kind, ask in asks.items() if ask == row.ask)
        chromium_page.context.clear_cookies()
        visit(chromium_page, sites, row.set_at, row.set_cookie)
        target = f"{row.url}?row={number}"
        ask_from_mallory(chromium_page, sites, kind, sites.at(target))
        parts = urlsplit(target)
        got = sites.got[f"{parts.path or '/'}?{parts.query}"]
        if (got != "") is not row.sent:
            differences[row.name] = got

    record_figure("cookies: SameSite rows held against Chromium", len(rows))
    assert differences == {}


def ask_from_mallory(page: Any, sites: Sites, kind: str, target: str) -> None:
    """Make the request as a typed address, or from a page of Mallory's."""
    if kind == "typed":
        page.goto(target)
        return

    sites.page = {
        "link": f"<a id=go href='{target}'>go</a>",
        "form": f"<form method=post action='{target}'><button id=go>go</button></form>",
        "image": f"<img src='{target}'>",
    }[kind]
    page.goto(sites.at("http://mallory.localhost/"))
    sites.page = ""
    if kind != "image":
        page.click("#go")
        page.wait_for_url(target)
