"""A request without a socket meets the same site, and its answer arrives as over the wire."""

import socket

import pytest
from flask import Flask, Response, request

from labsrv.kit.lab import Lab
from labsrv.kit.names import FirstPlace
from labsrv.kit.transport import LOOPBACK, Request, Unreachable, Visit

OF_THE_SERVER = {"date", "server", "connection", "transfer-encoding"}

# name: (method, path, headers, body)
REQUESTS = {
    "a page": ("GET", "/echo", [], b""),
    "a query": ("GET", "/echo?a=1&b=%C3%A9", [], b""),
    "an empty query": ("GET", "/echo?", [], b""),
    "an accent in the path": ("GET", "/echo/caf%C3%A9", [], b""),
    "bytes that are no UTF-8": ("GET", "/echo/%FF%FE", [], b""),
    "a slash in disguise": ("GET", "/echo/a%2Fb", [], b""),
    "two slashes first": ("GET", "//echo", [], b""),
    "a form": ("POST", "/echo", [("Content-Type", "application/x-www-form-urlencoded")], b"a=1"),
    "a body with its length": ("POST", "/echo", [("Content-Length", "3")], b"a=1"),
    "a POST without a body": ("POST", "/echo", [], b""),
    "a header twice": ("GET", "/echo", [("X-Tea", "green"), ("X-Tea", "black")], b""),
    "a header with spaces around": ("GET", "/echo", [("X-Tea", "  green ")], b""),
    "a header in Latin-1": ("GET", "/echo", [("X-Tea", "thé")], b""),
    "a header that is not": ("GET", "/echo", [("X-Tea", "茶")], b""),
    "cookies": ("GET", "/echo", [("Cookie", "a=1; b=2")], b""),
    "HEAD": ("HEAD", "/echo", [], b""),
    "OPTIONS": ("OPTIONS", "/echo", [], b""),
    "a method that nobody knows": ("BREW", "/echo", [], b""),
    "nothing there": ("GET", "/nothing", [], b""),
    "an error": ("GET", "/error", [], b""),
    "no content": ("GET", "/status/204", [], b""),
    "not modified": ("GET", "/status/304", [], b""),
    "a redirect": ("GET", "/status/303", [], b""),
    "a reason of its own": ("GET", "/reason", [], b""),
    "two cookies set": ("GET", "/cookies", [], b""),
    "less than announced": ("GET", "/length/9", [], b""),
    "more than announced": ("GET", "/length/2", [], b""),
    "a length that is none": ("GET", "/length/tea", [], b""),
    "a header of the answer in Latin-1": ("GET", "/header/th%C3%A9", [], b""),
    "a header of the answer with spaces": ("GET", "/header/%20tea%20", [], b""),
}


@pytest.fixture(scope="module")
def lab():
    lab = Lab("direct", place=FirstPlace(), report=lambda exchange: None)
    lab.add_site("shop", shop())
    yield lab
    lab.stop()


def shop():
    app = Flask("direct")
    seen = ("REQUEST_METHOD", "PATH_INFO", "QUERY_STRING", "REQUEST_URI", "REMOTE_ADDR", "CONTENT_LENGTH")

    @app.route("/echo", methods=["GET", "POST", "OPTIONS", "BREW"], provide_automatic_options=False)
    @app.route("/echo/<path:more>")
    def echo(more=""):
        named = {key: value for key, value in request.environ.items() if key in seen or key.startswith("HTTP_")}
        return {"environ": dict(sorted(named.items())), "form": dict(request.form), "body": request.get_data().hex()}

    @app.get("/status/<int:code>")
    def status(code):
        return Response("tea", status=code, headers={"Location": "/echo"})

    @app.get("/reason")
    def reason():
        return Response("tea", status="418 Short and stout")

    @app.get("/cookies")
    def cookies():
        return Response("tea", headers=[("Set-Cookie", "a=1"), ("Set-Cookie", "b=2")])

    @app.get("/length/<said>")
    def length(said):
        return announcing(said)

    @app.get("/header/<value>")
    def header(value):
        return Response("tea", headers={"X-Tea": value})

    @app.get("/error")
    def error():
        raise RuntimeError("tea")

    return app


def announcing(length):
    """Return a WSGI application whose answer of three bytes announces others."""

    def app(environ, start_response):
        start_response("200 OK", [("Content-Length", length), ("Content-Type", "text/plain")])
        return [b"tea"]

    return app


def sent(lab, direct, name):
    """Return what comes back over a socket or without one, without what servers add of their own."""
    method, path, headers, body = REQUESTS[name]
    lab.direct = direct  # this lab has a server as well
    browser = lab.browser(f"visitor {direct} {name}")
    browser.network.address = "192.0.2.77"
    url = lab.shop.origin + path
    request = Request(method, url, [("Host", lab.shop.origin[7:]), *headers], body)
    try:
        answer = browser.network.transport.send(request, Visit("visitor", "192.0.2.77"))
    except Unreachable as error:
        return "Unreachable", str(error).split("(")[0]
    kept = [(name, value) for name, value in answer.headers if name.lower() not in OF_THE_SERVER]
    return answer.status, answer.reason, kept, answer.body


@pytest.mark.parametrize("name", REQUESTS)
def test_both_transports_bring_the_same(lab, name):
    assert sent(lab, True, name) == sent(lab, False, name)


def test_a_visitor_is_known_out_of_band(lab):
    lab.direct = True
    lab.browser("alice").navigate(lab.shop.url)
    exchange = list(lab.traffic)[-1]

    assert exchange.who == "alice" and exchange.address == lab.browser("alice").network.address


def test_another_port_is_another_lab(lab):
    lab.direct = True
    transport = lab.browser("somebody").network.transport
    with pytest.raises(Unreachable, match="No lab answers"):
        transport.send(Request("GET", "http://shop.localhost:1/"), Visit("somebody", "192.0.2.1"))


def test_a_direct_lab_listens_nowhere():
    lab = Lab("direct", place=FirstPlace(), direct=True)
    lab.add_site("shop", shop())
    with socket.socket() as probe:
        probe.bind((LOOPBACK, lab.server.port))

    assert lab.browser("alice").navigate(f"{lab.shop.origin}/reason").status == 418
    lab.stop()
