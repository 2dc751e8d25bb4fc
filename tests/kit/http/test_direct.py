"""A lab that does not listen says and hears the same as one that does."""

import socket
import threading
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import parse_qsl

import flask
import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.direct import WireServer
from labsrv.kit.http.front import App, Environ
from labsrv.kit.http.server import Server
from labsrv.kit.http.transport import RawResponse, Request, Unreachable
from labsrv.kit.lessons.lab import Lab

# What a request is made of, where a server could read it otherwise.
REQUESTS = {
    "a page": Request("GET", "/"),
    "a body": Request("POST", "/", [("Content-Type", "text/plain")], b"tea"),
    "an encoded path and a query": Request("GET", "/%2e%2e//t%C3%A9a/?q=%26&q=a+b"),
    "two slashes first": Request("GET", "//evil.example/tea"),
    "a header twice": Request("GET", "/", [("X-Tea", "oolong"), ("X-Tea", "sencha")]),
    "an underscore in a header": Request("GET", "/", [("X_Forwarded_For", "192.0.2.7")]),
    "a letter beyond ASCII": Request("GET", "/", [("X-Tea", "thé")]),
    "HEAD": Request("HEAD", "/"),
    "a method of one's own": Request("BREW", "/"),
    "no such page": Request("GET", "/nowhere"),
    "an error": Request("GET", "/error"),
    "another host": Request("GET", "/", [("Host", "evil.example")]),
    "a cookie of Jupyter's": Request("GET", "/", [("Cookie", "_xsrf=1; sid=2")]),
    "an answer in pieces": Request("GET", "/pieces"),
    "nothing to say": Request("GET", "/empty"),
    "blanks around a value": Request("GET", "/", [("X-Tea", " \t oolong  ")]),
    "a letter beyond Latin-1": Request("GET", "/", [("X-Tea", "茶")]),
    "a blank in the path": Request("GET", "/two words"),
    "a length of its own": Request("POST", "/", [("Content-Type", "text/plain"), ("content-length", "3")], b"tea"),
    "an announced answer": Request("GET", "/odd/length?of=6"),
    "more than was announced": Request("GET", "/odd/length?of=3"),
    "less than was announced": Request("GET", "/odd/length?of=99"),
    "a length that is none": Request("GET", "/odd/length?of=tea"),
    "a negative length": Request("GET", "/odd/length?of=-3"),
    "a length of five thousand digits": Request("GET", f"/odd/length?of={'3' * 5000}"),
    "a length with a sign and blanks": Request("GET", "/odd/length?of=+%2B3+"),
    "HEAD with a length": Request("HEAD", "/odd/length?of=6"),
    "a 204 with a body": Request("GET", "/odd/status?is=204+No+Content"),
    "a 304 with a body": Request("GET", "/odd/status?is=304+Not+Modified"),
    "a reason of its own": Request("GET", "/odd/status?is=299+Tea++time+"),
    "no reason": Request("GET", "/odd/status?is=200"),
    "a blank for a reason": Request("GET", "/odd/status?is=200+"),
    "blanks around an answer's value": Request("GET", "/odd/value?is=+%09oolong++"),
    "an answer's letter beyond ASCII": Request("GET", "/odd/value?is=th%C3%A9"),
    "an answer's letter beyond Latin-1": Request("GET", "/odd/value?is=%E8%8C%B6"),
}


def echo() -> flask.Flask:
    """Return a site that tells what it was asked."""
    app = flask.Flask("echo")
    methods = ["GET", "POST", "BREW"]

    @app.route("/", methods=methods)
    @app.route("/<path:path>", methods=methods)
    def say(path: str = "") -> flask.Response:
        request = flask.request
        told = {name: value for name, value in request.environ.items() if isinstance(value, str)}
        left_out = ("REMOTE_PORT", "SERVER_PORT", "HTTP_HOST", "SERVER_NAME")
        said = {name: value for name, value in told.items() if name not in left_out}
        answer = flask.jsonify(path=path, said=said, body=request.get_data(as_text=True), who=request.remote_addr)
        answer.headers.add("Set-Cookie", "a=1")
        answer.headers.add("Set-Cookie", "b=2")
        return answer

    app.add_url_rule("/nowhere", "nowhere", lambda: flask.abort(404))
    app.add_url_rule("/error", "error", lambda: 1 // 0)
    app.add_url_rule("/pieces", "pieces", lambda: flask.Response(iter([b"one ", b"two"])))
    app.add_url_rule("/empty", "empty", lambda: ("", 204))
    app.wsgi_app = odd(app.wsgi_app)  # type: ignore[method-assign]
    return app


def odd(site: App) -> App:
    """Return a site that also says what Flask would not."""

    def answer(environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        asked = dict(parse_qsl(environ["QUERY_STRING"], keep_blank_values=True))
        if environ["PATH_INFO"] == "/odd/length":
            start_response("200 OK", [("Content-Length", asked["of"])])
        elif environ["PATH_INFO"] == "/odd/status":
            start_response(asked["is"], [])
        elif environ["PATH_INFO"] == "/odd/value":
            start_response("200 OK", [("X-Tea", asked["is"])])
        else:
            return site(environ, start_response)

        return [b"teapot"]

    return answer


@pytest.fixture(params=[True, False], ids=["listens", "does not listen"])
def lab(request):
    lab = Lab("echo", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=request.param)
    lab.add_site("shop", echo())
    yield lab
    lab.stop()


@pytest.fixture
def both():
    labs = [Lab("echo", place=FirstNumber(), report=lambda exchange: None, listens=each) for each in (True, False)]
    for each in labs:
        each.add_site("shop", echo())
    yield labs
    for each in labs:
        each.stop()


def told(lab: Lab, request: Request) -> tuple[RawResponse | str, list[str]]:
    """Send a request to a lab's shop; return the answer, or what kept it away, and what the traffic has of it."""
    headers = request.headers if dict(request.headers).get("Host") else [("Host", lab.shop.origin[7:])]
    sent = Request(request.method, lab.shop.origin + request.url, [*headers, *request.headers], request.body)
    visit = Arrival("alice", "192.0.2.10")
    answer: RawResponse | str
    try:
        answer = lab.transport().send(sent, visit)
        answer.headers = [pair for pair in answer.headers if pair[0] != "Date"]
        answer.body = answer.body.replace(str(lab.server.port).encode(), b"")
    except Unreachable as error:
        answer = str(error).partition("(")[0].replace(str(lab.server.port), "")
    visit.leave()
    seen = visit.exchange
    return answer, [] if seen is None else [
        seen.method,
        seen.who,
        seen.address,
        str(seen.status),
        str(bool(seen.error)),
    ]


@pytest.mark.slow("each answer over a socket as well")
@pytest.mark.parametrize("request_", REQUESTS.values(), ids=REQUESTS)
def test_both_say_the_same(request_, both):
    (heard, seen), (wired, seen_by_wire) = (told(lab, request_) for lab in both)

    assert heard == wired
    assert seen == seen_by_wire


TOO_LONG = {
    "the longest target": (Request("GET", "/" + "a" * (65_536 - 16)), 200),
    "a longer one": (Request("GET", "/" + "a" * (65_536 - 15)), 414),
    "the longest header": (Request("GET", "/", [("X-Tea", "a" * (65_536 - 9))]), 200),
    "a longer one still": (Request("GET", "/", [("X-Tea", "a" * (65_536 - 8))]), 431),
    "the most headers": (Request("GET", "/", [("X-Tea", "a")] * 98), 200),
    "one more": (Request("GET", "/", [("X-Tea", "a")] * 99), 431),
}


@pytest.mark.parametrize(("request_", "status"), TOO_LONG.values(), ids=TOO_LONG)
def test_both_turn_away_what_is_too_long(request_, status, both):
    (heard, seen), (wired, seen_by_wire) = (told(lab, request_) for lab in both)

    assert (heard.status, heard.reason, seen) == (wired.status, wired.reason, seen_by_wire)
    assert heard.status == status


@pytest.mark.parametrize("value", ["a\r\nX-Points: 5", "a\rb", "a\nb"])
def test_a_header_of_two_lines_is_sent_by_neither(value, lab):
    with pytest.raises(ValueError, match="one line"):
        told(lab, Request("GET", "/", [("X-Tea", value)]))
    assert not list(lab.traffic)


def test_a_visitors_address_comes_out_of_band(lab):
    lab.alice.navigate(lab.shop.url)

    assert lab.alice.address in lab.alice.page.text
    assert [each.who for each in lab.traffic] == ["alice"]


def test_many_at_a_time(lab):
    threads = [threading.Thread(target=lab.browser(f"visitor-{n}").navigate, args=(lab.shop.url,)) for n in range(20)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()

    assert sorted(each.who for each in lab.traffic) == sorted(f"visitor-{n}" for n in range(20))


def test_the_browser_of_one_lab_does_not_reach_another(both):
    with pytest.raises(BrowserError, match="No lab answers at"):
        both[1].alice.navigate(both[0].shop.url)


def test_nobody_can_connect_to_a_lab_that_does_not_listen(both):
    listening, wired = (lab.server for lab in both)

    assert isinstance(listening, Server) and isinstance(wired, WireServer)
    socket.create_connection(("127.0.0.1", listening.port), timeout=1).close()
    with pytest.raises(OSError):
        socket.create_connection(("127.0.0.1", wired.port), timeout=1)
