"""The server: which hosts it answers, what it says of errors, and what it records of an exchange."""

import http.client

import pytest
from flask import Flask, request

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.http.server import PortTaken
from labsrv.kit.lessons.lab import Lab


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
