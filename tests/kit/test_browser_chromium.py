"""The model is held against a real Chromium: both do the same, and the sites are told the same.

Compared are method, address, Sec-Fetch-*, Origin, Referer, Cookie and the preflight's questions of every request.
"""

import threading
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, quote

import pytest
from werkzeug.serving import WSGIRequestHandler, make_server

from labsrv.kit.browser import Browser
from labsrv.kit.transport import SocketTransport

COMPARED = (
    "Sec-Fetch-Site",
    "Sec-Fetch-Mode",
    "Sec-Fetch-Dest",
    "Sec-Fetch-User",
    "Origin",
    "Referer",
    "Cookie",
    "Access-Control-Request-Method",
    "Access-Control-Request-Headers",
)


class Quiet(WSGIRequestHandler):
    """Log nothing."""

    def log(self, type: str, message: str, *args: Any) -> None:
        pass


class Recorder:
    """Sites that do what the query says (status, to, allow, policy, body) and note what they were told."""

    def __init__(self) -> None:
        self.told: list[tuple[str, ...]] = []
        self.server = make_server("127.0.0.1", 0, self.answer, threaded=True, request_handler=Quiet)
        self.port = self.server.server_port
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def answer(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> list[bytes]:
        """Answer one request."""
        query = dict(parse_qsl(environ["QUERY_STRING"]))
        if environ["PATH_INFO"] != "/favicon.ico":
            said = [environ.get("HTTP_" + name.upper().replace("-", "_"), "-") for name in COMPARED]
            address = f"{environ['REQUEST_METHOD']} {environ['HTTP_HOST'].partition('.')[0]}{environ['REQUEST_URI']}"
            self.told.append((address, *(f"{name}: {value}" for name, value in zip(COMPARED, said, strict=True))))

        headers = [("Content-Type", "text/html")]
        headers += [("Location", query["to"])] if "to" in query else []
        headers += [("Referrer-Policy", query["policy"])] if "policy" in query else []
        if "allow" in query:
            headers.append(("Access-Control-Allow-Origin", environ.get("HTTP_ORIGIN", "*")))
            headers += [("Access-Control-Allow-Credentials", "true"), ("Access-Control-Max-Age", "0")]
            headers += [
                ("Access-Control-Allow-Methods", "PUT"),
                ("Access-Control-Allow-Headers", "x-tea, content-type"),
            ]
        if environ["PATH_INFO"] == "/set":
            headers += [("Set-Cookie", each) for each in ("s=1; SameSite=Strict", "l=1; SameSite=Lax", "d=1; Path=/x")]
            headers.append(("Set-Cookie", "h=1; HttpOnly; SameSite=Lax"))
        start_response(f"{query.get('status', '200')} X", headers)
        return [query.get("body", "<p>tea").encode()]


@pytest.fixture(scope="module")
def recorder() -> Iterator[Recorder]:
    recorder = Recorder()
    yield recorder
    recorder.server.shutdown()
    recorder.server.server_close()


class Pair:
    """The two browsers, each with the sites' addresses."""

    def __init__(self, recorder: Recorder, page: Any):
        self.recorder = recorder
        self.page = page
        self.alice = Browser("alice", transport=SocketTransport())

    def url(self, place: str) -> str:
        """Turn `shop/path` into an address."""
        host, _, path = place.partition("/")
        return f"http://{host}.localhost:{self.recorder.port}/{path}"

    def told(self, act: Callable[[], object]) -> list[tuple[str, ...]]:
        """Return what the sites were told meanwhile."""
        self.recorder.told.clear()
        act()
        return list(self.recorder.told)

    def chromium(self, kind: str, code: str, start: str, url: str) -> list[tuple[str, ...]]:
        """Let Chromium do it; return what the sites were told."""
        if kind == "page":  # As part of the page itself: what playwright's script adds counts as done by hand.
            return self.told(lambda: self.page.goto(start))[1:]

        self.page.goto(start)
        if kind == "script":
            return self.told(lambda: self.page.evaluate(f"async url => {{ {code} }}", url))

        self.page.evaluate(f"url => {{ {code} }}", url)
        return self.told(self.click)

    def click(self) -> None:
        """Click with the mouse, and wait for the next page."""
        with self.page.expect_navigation(wait_until="load"):
            self.page.click("#go")


LINK = "document.body.innerHTML = `<a id=go href='${url}'>Go</a>`"
POST = "document.body.innerHTML = `<form method=post action='${url}'><input name=a value=1><button id=go></form>`"


FETCH = "await fetch(url, OPTIONS).then(answer => answer.text()).catch(() => 0)"


def fetched(options: str) -> str:
    return FETCH.replace("OPTIONS", options)


IMAGE = "await new Promise(done => { const i = new Image(); i.onload = i.onerror = done; i.src = url })"
# How Chromium does it, and how our browser does
MOVES: dict[str, tuple[str, str, Callable[..., object]]] = {
    "link": ("click", LINK, lambda alice, url: alice.navigate(url, from_=alice.page)),
    "form": ("click", POST, lambda alice, url: alice.submit(url, from_=alice.page, a="1")),
    "image": ("script", IMAGE, lambda alice, url: alice.load_image(url)),
    "frame": ("page", "<iframe src='URL'></iframe>", lambda alice, url: alice.load_frame(url)),
    "fetch": ("script", fetched("{}"), lambda alice, url: alice.fetch(url)),
    "fetch with credentials": (
        "script",
        fetched("{credentials: 'include'}"),
        lambda alice, url: alice.fetch(url, credentials="include"),
    ),
    "fetch POST": (
        "script",
        fetched("{method: 'POST', body: 'a'}"),
        lambda alice, url: alice.fetch(url, method="POST", body="a"),
    ),
    "fetch no-cors POST": (
        "script",
        fetched("{method: 'POST', body: 'a', mode: 'no-cors'}"),
        lambda alice, url: alice.fetch(url, method="POST", body="a", mode="no-cors"),
    ),
    "fetch PUT with a header": (
        "script",
        fetched("{method: 'PUT', headers: {'X-Tea': '1', 'Content-Type': 'application/json'}, body: '{}'}"),
        lambda alice, url: alice.fetch(url, method="PUT", headers={"X-Tea": "1"}, json={}),
    ),
}

PLACES = {
    "same origin": ("shop/page", "shop/x"),
    "same site": ("api.shop/page", "shop/x"),
    "cross-site": ("mallory/page", "shop/x"),
    "no-referrer, cross-site": ("mallory/page?policy=no-referrer", "shop/x"),
    "same-origin policy, cross-site": ("mallory/page?policy=same-origin", "shop/x"),
    "unsafe-url, cross-site": ("mallory/page?policy=unsafe-url", "shop/x"),
    "allowed, cross-site": ("mallory/page", "shop/x?allow=1"),
    "302 to the same origin, cross-site": ("mallory/page", "shop/x?allow=1&status=302&to=/x/2%3Fallow=1"),
    "307 to the same origin, cross-site": ("mallory/page", "shop/x?allow=1&status=307&to=/x/2%3Fallow=1"),
    "307 to a stranger": ("shop/page", "shop/x?allow=1&status=307&to=//idp.localhost:PORT/x%3Fallow=1"),
    "307 over a stranger and back": (
        "shop/page",
        "idp/x?allow=1&status=307&to=//shop.localhost:PORT/x/2%3Fallow=1",
    ),
    "302 over a stranger to another": (
        "shop/page",
        "idp/x?allow=1&status=302&to=//mallory.localhost:PORT/x/2%3Fallow=1",
    ),
    "a redirect with a policy": ("shop/page", "shop/x?status=302&policy=no-referrer&to=/x/2"),
}


@pytest.fixture(scope="module")
def window(chromium_browser: Any, recorder: Recorder) -> Iterator[Any]:
    """One Chromium window for all rows; it has the shop's cookies."""
    context = chromium_browser.new_context()
    page = context.new_page()
    page.goto(f"http://shop.localhost:{recorder.port}/set")
    yield page
    context.close()


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("move", MOVES)
def test_like_chromium(recorder: Recorder, window: Any, move: str, place: str) -> None:
    pair = Pair(recorder, window)
    start, target = (pair.url(each.replace("PORT", str(recorder.port))) for each in PLACES[place])
    kind, code, ours = MOVES[move]
    if kind == "page":
        start += ("&" if "?" in start else "?") + "body=" + quote(code.replace("URL", target))
    pair.alice.navigate(pair.url("shop/set"))
    pair.alice.navigate(start)

    theirs = pair.chromium(kind, code, start, target)

    assert pair.told(lambda: ours(pair.alice, target)) == theirs


@pytest.mark.parametrize("from_", ["shop/page", "api.shop/page", "mallory/page"])
@pytest.mark.parametrize("move", ["link", "form"])
def test_reload_like_chromium(recorder: Recorder, window: Any, move: str, from_: str) -> None:
    pair = Pair(recorder, window)
    start, target = pair.url(from_), pair.url("shop/x")
    kind, code, ours = MOVES[move]
    pair.alice.navigate(pair.url("shop/set"))
    pair.alice.navigate(start)

    pair.chromium(kind, code, start, target)
    theirs = pair.told(window.reload)

    ours(pair.alice, target)
    assert pair.told(pair.alice.reload) == theirs


@pytest.mark.parametrize(
    "place", ["shop/x", "shop/x?status=302&to=/x/2", "idp/x?status=302&to=//shop.localhost:PORT/x"]
)
def test_typed_like_chromium(recorder: Recorder, window: Any, place: str) -> None:
    pair = Pair(recorder, window)
    url = pair.url(place.replace("PORT", str(recorder.port)))
    pair.alice.navigate(pair.url("shop/set"))

    theirs = pair.told(lambda: window.goto(url))

    assert pair.told(lambda: pair.alice.navigate(url)) == theirs
