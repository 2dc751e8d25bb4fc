"""The server: which hosts it answers, what it says of errors, and what it records of an exchange."""

import contextlib
import http.client
import socket
import threading

import pytest
from flask import Flask, request

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.browser.requests import BrowserError
from labsrv.kit.http import server
from labsrv.kit.http.front import LARGEST_BODY
from labsrv.kit.http.server import PortTaken
from labsrv.kit.lessons.lab import Lab
from tests.patience import wait_until


@pytest.fixture
def reported():
    return []


@pytest.fixture
def lab(reported):
    lab = Lab("test", place=FirstNumber(), hash_cost="low", report=reported.append)
    lab.add_site("shop", a_site())
    yield lab
    lab.stop()


def a_site():
    app = Flask("a site")

    @app.get("/")
    def home():
        return {"cookies": dict(request.cookies), "from": request.remote_addr, "host": request.host}

    @app.get("/broken")
    def broken():
        raise RuntimeError("a secret that is nobody's business")

    @app.post("/echo")
    def echo():
        return request.get_data()

    return app


def ask(lab, host, path="/", headers=()):
    """Ask as any program on this machine could."""
    connection = http.client.HTTPConnection("127.0.0.1", lab.server.port, timeout=5)
    connection.request("GET", path, headers={"Host": host, **dict(headers)})
    answer = connection.getresponse()
    try:
        return answer.status, answer.read().decode()
    finally:
        connection.close()


HOSTS = {
    "the shop's own": ("shop.localhost:{port}", 200),
    "in capitals": ("SHOP.localhost:{port}", 200),
    "without the port": ("shop.localhost", 421),
    "an attacker's, resolved to loopback (DNS rebinding)": ("rebound.example:{port}", 421),
    "the bare address": ("127.0.0.1:{port}", 421),
    "localhost": ("localhost:{port}", 421),
    "a site that this lab does not have": ("bank.localhost:{port}", 421),
    "a longer name that ends alike": ("shop.localhost.example:{port}", 421),
    "another port": ("shop.localhost:1", 421),
}


@pytest.mark.parametrize(("host", "status"), HOSTS.values(), ids=HOSTS)
def test_only_the_labs_own_hosts_are_answered(lab, host, status):
    assert ask(lab, host.format(port=lab.server.port))[0] == status
    assert len(lab.traffic) == (status == 200)


JUPYTER = {
    "alone": ("_xsrf=2|1|2|3", {}),
    "before another": ('username-localhost-8888="2|1:0|"; sid=42', {"sid": "42"}),
    "after another": ("sid=42; _xsrf=2", {"sid": "42"}),
    "on a hub": ("jupyterhub-session-id=1; jupyter-hub-token=2; sid=42", {"sid": "42"}),
    "a shop's cookie that only sounds alike": ("my_xsrf=1; username=alice", {"my_xsrf": "1", "username": "alice"}),
}


@pytest.mark.parametrize(("sent", "seen"), JUPYTER.values(), ids=JUPYTER)
def test_jupyters_cookies_never_reach_a_site(lab, sent, seen):
    host = f"shop.localhost:{lab.server.port}"
    status, body = ask(lab, host, headers={"Cookie": sent}.items())

    assert status == 200
    assert __import__("json").loads(body)["cookies"] == seen


def test_an_error_is_plain_for_the_visitor_and_told_to_the_learner(lab, reported):
    page = lab.alice.navigate(lab.url("shop", "/broken"))

    assert page.status == 500
    assert "secret" not in page.text and "Traceback" not in page.text
    assert "RuntimeError: a secret that is nobody's business" in reported[0].error


def test_the_address_of_a_visitor_comes_out_of_band(lab):
    page = lab.alice.navigate(lab.shop.url)
    headers = {"X-Forwarded-For": "192.0.2.10", "Forwarded": "for=192.0.2.10"}.items()
    _, stranger = ask(lab, f"shop.localhost:{lab.server.port}", headers=headers)

    assert page.json()["from"] == "192.0.2.10"
    assert '"127.0.0.1"' in stranger


def test_every_exchange_is_recorded_with_its_visitor(lab):
    lab.alice.navigate(lab.shop.url)
    lab.bob.submit(lab.url("shop", "/echo"), word="tea")
    ask(lab, f"shop.localhost:{lab.server.port}", headers={"User-Agent": "Mozilla/5.0 Firefox/140.0"}.items())

    assert [(each.who, each.method, each.status) for each in lab.traffic] == [
        ("alice", "GET", 200),
        ("bob", "POST", 200),
        ("Firefox", "GET", 200),
    ]
    assert lab.traffic[1].request_body == b"word=tea"
    assert lab.traffic[1].response_body == b"word=tea"


def test_the_record_shows_the_lab_clock(lab):
    lab.clock.advance(hours=13)
    lab.alice.navigate(lab.shop.url)
    at = lab.traffic.last.at
    lab.clock.reset()

    assert 12.9 < (at - lab.clock.now()).total_seconds() / 3600 < 13.1


def test_a_port_that_is_taken_is_said(lab):
    with pytest.raises(PortTaken, match=f"Port {lab.server.port} is taken.*leave the port out"):
        Lab("second", place=FirstNumber(), port=lab.server.port)


# Neither time nor room without end ----------------------------------------------------------------------------------

HALVES = {
    "nothing": b"",
    "half a line": b"GET / HT",
    "half of its headers": b"GET / HTTP/1.1\r\nHost: {host}\r\n",
    "half a body": b"POST /echo HTTP/1.1\r\nHost: {host}\r\nContent-Length: 9\r\n\r\nword",
    "half a chunk": b"POST /echo HTTP/1.1\r\nHost: {host}\r\nTransfer-Encoding: chunked\r\n\r\n9\r\nword",
}


def says(lab, half):
    """Return a connection on which something has been said."""
    connection = socket.create_connection(("127.0.0.1", lab.server.port), timeout=60)
    connection.sendall(half.replace(b"{host}", f"shop.localhost:{lab.server.port}".encode()))
    return connection


@pytest.mark.slow("patience has to end")
@pytest.mark.parametrize("half", HALVES.values(), ids=HALVES)
def test_who_does_not_go_on_is_cut_off(lab, half, monkeypatch):
    monkeypatch.setattr(server, "PATIENCE", 0.3)

    with says(lab, half) as connection:
        said = b""
        with contextlib.suppress(ConnectionResetError):
            while more := connection.recv(4096):
                said += more

    assert b" 200 " not in said
    wait_until(lambda: not lab.server.werkzeug.open, "Its thread lives on.")


@pytest.mark.slow("patience has to end")
def test_a_site_that_takes_its_time_is_not_cut_off(lab, monkeypatch):
    """A message that is looked at on its way, as `FlowView` does, may take minutes."""
    monkeypatch.setattr(server, "PATIENCE", 0.2)
    goes_on = threading.Event()
    lab.server.front.sites[f"shop.localhost:{lab.server.port}"] = ("shop", slow(goes_on))
    wake = threading.Timer(1.0, goes_on.set)
    wake.start()

    assert ask(lab, f"shop.localhost:{lab.server.port}") == (200, "at last")
    wake.join()


def slow(goes_on):
    def site(environ, start_response):
        goes_on.wait(60)
        start_response("200 OK", [])
        return [b"at last"]

    return site


def test_many_halves_hold_few_threads_and_keep_nobody_out(lab, monkeypatch):
    monkeypatch.setattr(server, "MOST_CONNECTIONS", 8)
    halves = [says(lab, HALVES["half of its headers"]) for _ in range(60)]
    try:
        assert ask(lab, f"shop.localhost:{lab.server.port}")[0] == 200
        wait_until(lambda: len(lab.server.werkzeug.open) <= 8, "They are not cut off.")
        assert ask(lab, f"shop.localhost:{lab.server.port}")[0] == 200
    finally:
        for each in halves:
            each.close()


BODIES = {
    "as large as may be": ([("Content-Length", str(LARGEST_BODY))], b"x" * LARGEST_BODY, 200),
    "a byte larger": ([("Content-Length", str(LARGEST_BODY + 1))], b"x" * (LARGEST_BODY + 1), 413),
    "larger than all memory, it says": ([("Content-Length", "1" + "0" * 14)], b"x", 413),
    "a length of a thousand digits": ([("Content-Length", "9" * 1000)], b"x", 413),
    "too large, in chunks": (
        [("Transfer-Encoding", "chunked")],
        b"100000\r\n" + b"x" * 0x100000 + b"\r\n100000\r\n" + b"x" * 0x100000 + b"\r\n0\r\n\r\n",
        413,
    ),
    "small, in chunks": ([("Transfer-Encoding", "chunked")], b"3\r\ntea\r\n0\r\n\r\n", 200),
}


@pytest.mark.parametrize(("headers", "body", "status"), BODIES.values(), ids=BODIES)
def test_a_body_has_a_largest_size(lab, headers, body, status):
    connection = http.client.HTTPConnection("127.0.0.1", lab.server.port, timeout=60)
    connection.putrequest("POST", "/echo", skip_host=True)
    for name, value in [("Host", f"shop.localhost:{lab.server.port}"), *headers]:
        connection.putheader(name, value)
    connection.endheaders()
    # Who is told early that it is too much may find the line closed.
    with contextlib.suppress(ConnectionError):
        connection.send(body)
    answer = connection.getresponse()

    assert (b"at most 1,048,576 bytes" in answer.read()) == (status == 413)
    assert answer.status == status == lab.traffic[0].status
    connection.close()


@pytest.mark.slow("patience has to end")
def test_who_never_reads_the_answer_is_cut_off(lab, monkeypatch):
    monkeypatch.setattr(server, "PATIENCE", 0.5)
    lab.server.front.sites[f"shop.localhost:{lab.server.port}"] = ("shop", large)

    with says(lab, b"GET / HTTP/1.1\r\nHost: {host}\r\n\r\n"):
        wait_until(lambda: len(lab.traffic) == 1, "It is never told.")
        wait_until(lambda: not lab.server.werkzeug.open, "Its thread lives on.")


def large(environ, start_response):
    start_response("200 OK", [])
    return [b"x" * 50_000_000]


# What a lab's browser reaches ---------------------------------------------------------------------------------------


def test_a_browser_reaches_every_lab_of_its_notebook_and_nothing_else(lab):
    """Jupyter listens on this machine, too, and believes whoever has its cookie."""
    other = Lab("other", place=FirstNumber(), hash_cost="low")
    other.add_site("shop", a_site())
    with socket.create_server(("127.0.0.1", 0)) as jupyter:
        port = jupyter.getsockname()[1]
        assert lab.alice.navigate(other.shop.url).status == 200
        for host in ("localhost", "127.0.0.1", "shop.localhost", "jupyter.localhost"):
            with pytest.raises(BrowserError, match="the labs of its own notebook, and nothing else on this machine"):
                lab.alice.navigate(f"http://{host}:{port}/api/contents")
        jupyter.settimeout(0)
        with pytest.raises(BlockingIOError):
            jupyter.accept()

    other.stop()
    with pytest.raises(BrowserError, match="No lab answers at"):
        lab.alice.navigate(other.shop.url)
