"""An exchange is published when it is over: nobody sees it before, nobody sees it change, and none is lost."""

import contextlib
import dataclasses
import http.client
import queue
import socket
import struct
import threading

import flask
import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.browser.browser import BrowserError
from labsrv.kit.http import transport
from labsrv.kit.http.traffic import as_json
from labsrv.kit.lessons.lab import Lab
from labsrv.widgets.traffic.rows import FIELDS, rows

SECONDS = 10  # until a test that hangs gives up
MORE_THAN_FITS = 32 * 1024 * 1024  # bytes; no two sockets keep as many without a reader


class Ear:
    """A listener that writes down each exchange when it hears of it, and looks at all of them again each time."""

    def __init__(self, lab):
        self.lab = lab
        self.heard = []
        self.written = []
        self.changed = []
        self.new = queue.Queue()
        lab.traffic.listeners.append(self.hear)

    def hear(self, exchange):
        self.heard.append(exchange)
        self.written.append(as_json(exchange))
        self.look_again()
        self.new.put(exchange)

    def look_again(self):
        now = [as_json(each) for each in self.heard]
        self.changed += [pair for pair in zip(self.written, now, strict=False) if pair[0] != pair[1]]

    def next(self):
        """Return the next exchange, waiting for it."""
        return self.new.get(timeout=SECONDS)

    def all_is_well(self):
        """Say that it heard everything once, in the order of the traffic, and that nothing has changed since."""
        self.look_again()
        numbers = [each.number for each in self.heard]
        return not self.changed and numbers == [*range(1, len(numbers) + 1)] and self.heard == list(self.lab.traffic)


def shop(lab):
    """Return a shop that sets cookies on the way, and calls its issuer before it answers /callback."""
    app = flask.Flask("shop")

    @app.get("/")
    def home():
        answer = flask.Response("tea")
        answer.headers.add("Set-Cookie", "kept=1; HttpOnly")
        answer.headers.add("Set-Cookie", "refused=1; Domain=elsewhere.example")
        return answer

    @app.get("/way/<int:steps>")
    def way(steps):
        answer = flask.redirect(f"/way/{steps - 1}" if steps else "/")
        answer.set_cookie(f"step{steps}", "1")
        return answer

    @app.get("/callback")
    def callback():
        call(lab, lab.url("idp"), agent="Authlab-site/shop")
        return flask.redirect("/")

    app.add_url_rule("/large", "large", lambda: b"x" * MORE_THAN_FITS)
    app.add_url_rule("/broken", "broken", lambda: 1 // 0)
    return app


def idp():
    """Return an issuer, which other origins may ask after a preflight."""
    app = flask.Flask("idp")
    app.add_url_rule("/", "home", lambda: "token", methods=["GET", "PUT"])

    @app.after_request
    def allow(answer):
        answer.headers["Access-Control-Allow-Origin"] = flask.request.headers.get("Origin", "*")
        answer.headers["Access-Control-Allow-Credentials"] = "true"
        answer.headers["Access-Control-Allow-Methods"] = "PUT"
        answer.headers["Set-Cookie"] = "idp=1"
        return answer

    return app


def call(lab, url, *, agent="curl/8"):
    """Ask as any program on this machine could, and return the status when the whole answer is there."""
    _, _, host, path = url.split("/", 3)
    connection = http.client.HTTPConnection("127.0.0.1", lab.server.port, timeout=SECONDS)
    with contextlib.closing(connection):
        connection.request("GET", f"/{path}", headers={"Host": host, "User-Agent": agent})
        answer = connection.getresponse()
        answer.read()
        return answer.status


def opened(*, listens):
    lab = Lab("test", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=listens)
    lab.add_site("shop", shop(lab))
    lab.add_site("idp", idp())
    return lab


@pytest.fixture(params=[True, False], ids=["listens", "does not listen"])
def lab(request):
    lab = opened(listens=request.param)
    yield lab
    lab.stop()


@pytest.fixture
def listening():
    lab = opened(listens=True)
    yield lab
    lab.stop()


@pytest.fixture
def ear(request):
    return Ear(request.getfixturevalue("lab" if "lab" in request.fixturenames else "listening"))


class SlowJar:
    """Has a browser's jar decide about no cookie before it is let go."""

    def __init__(self, browser):
        self.asked, self.go = threading.Event(), threading.Event()
        self.receive, browser.jar.receive = browser.jar.receive, self.decide

    def decide(self, *args, **options):
        self.asked.set()
        assert self.go.wait(SECONDS)
        return self.receive(*args, **options)


def in_threads(*acts):
    """Do all of this at the same time."""
    raised = []

    def caught(act):
        try:
            act()
        except BaseException as error:
            raised.append(error)

    threads = [threading.Thread(target=caught, args=(act,)) for act in acts]
    for each in threads:
        each.start()
    for each in threads:
        each.join(SECONDS)
    assert not raised and not any(each.is_alive() for each in threads)


# One of the lab's own browsers.


def test_nobody_sees_an_exchange_before_the_jar_has_decided(lab, ear):
    jar = SlowJar(lab.alice)
    visit = threading.Thread(target=lab.alice.navigate, args=(lab.shop.url,))
    visit.start()
    assert jar.asked.wait(SECONDS)
    assert (ear.heard, len(lab.traffic), lab.traffic.last) == ([], 0, None)

    lab.bob.navigate(lab.shop.url)
    assert [each.who for each in ear.heard] == ["bob"]

    jar.go.set()
    visit.join(SECONDS)
    assert [(each.number, each.who) for each in ear.heard] == [(1, "bob"), (2, "alice")]
    assert [each.stored for each in ear.heard[1].cookies_set] == [True, False]
    assert ear.all_is_well()


def test_it_is_published_when_a_visit_returns(lab, ear):
    page = lab.alice.navigate(f"{lab.shop.url}way/2")

    assert page.exchange is lab.traffic.last is ear.heard[-1] is lab.alice.history[-1]
    assert page.exchanges == list(lab.traffic) == ear.heard
    assert [row[FIELDS.index("follows")] for row in rows(lab.traffic)] == [0, 1, 2, 3]


@pytest.mark.slow("listens for a while")
def test_nothing_that_was_heard_changes(lab, ear):
    def visits(browser):
        for _ in range(10):
            browser.navigate(f"{lab.shop.url}way/3")
            browser.fetch(lab.url("idp"), method="PUT", credentials="include", from_=lab.shop)
            browser.jar.clear()

    in_threads(*(lambda browser=browser: visits(browser) for browser in (lab.alice, lab.bob, lab.mallory)))

    assert ear.all_is_well()
    assert {each.method for each in ear.heard} == {"GET", "OPTIONS", "PUT"}
    steps = [each for each in ear.heard if "/way/" in each.url]
    assert len(steps) == 3 * 10 * 4 and all(len(each.cookies_set) == 1 for each in steps)


def test_an_exchange_cannot_be_written_to(lab):
    exchange = lab.alice.navigate(lab.shop.url).exchange

    with pytest.raises(dataclasses.FrozenInstanceError):
        exchange.cookies_set = ()
    assert hash(exchange)


def raises(*args, **options):
    raise RuntimeError("no jar is like this")


def too_large(lab, monkeypatch):
    monkeypatch.setattr(transport, "LARGEST_ANSWER", 2)
    lab.alice.navigate(lab.shop.url)


def a_jar_that_raises(lab, monkeypatch):
    monkeypatch.setattr(lab.alice.jar, "receive", raises)
    lab.alice.navigate(lab.shop.url)


FAILURES = {
    "an answer that is too large": (too_large, BrowserError),
    "a jar that raises": (a_jar_that_raises, RuntimeError),
}


@pytest.mark.parametrize(("fail", "error"), FAILURES.values(), ids=FAILURES)
def test_a_visit_that_fails_leaves_what_is_known(fail, error, lab, ear, monkeypatch):
    with pytest.raises(error):
        fail(lab, monkeypatch)

    exchange = ear.next()
    assert (exchange.who, exchange.status, exchange.cookies_set) == ("alice", 200, ())
    assert ear.all_is_well()


def interrupted(environ, start):
    raise KeyboardInterrupt


def test_a_visit_that_is_interrupted_is_in_the_traffic():
    lab = opened(listens=False)
    ear = Ear(lab)
    lab.add_site("shop", interrupted)
    with pytest.raises(KeyboardInterrupt):
        lab.alice.navigate(lab.shop.url)
    lab.stop()

    assert [(each.who, each.status) for each in ear.heard] == [("alice", 0)]
    assert ear.all_is_well()


RAISING = {"an error": lambda environ, start: 1 // 0, "an end": lambda environ, start: exit("no such shop")}


@pytest.mark.parametrize("site", RAISING.values(), ids=RAISING)
def test_a_site_that_raises_is_in_the_traffic_with_its_traceback(site, lab, ear):
    lab.add_site("shop", site)
    assert lab.alice.navigate(lab.shop.url).status == 500

    assert "<lambda>" in ear.next().error
    assert ear.all_is_well()


def test_a_browser_that_does_not_wait_leaves_it_to_the_server(listening, ear, monkeypatch):
    asked, go = threading.Event(), threading.Event()

    def slow(environ, start):
        asked.set()
        assert go.wait(SECONDS)
        start("200 OK", [("Set-Cookie", "late=1")])
        return [b"tea"]

    def give_up(connection):
        assert asked.wait(SECONDS)
        raise TimeoutError

    listening.add_site("shop", slow)
    monkeypatch.setattr(http.client.HTTPConnection, "getresponse", give_up)
    with pytest.raises(BrowserError, match="no answer within 60 seconds"):
        listening.alice.navigate(listening.shop.url)
    assert (ear.heard, len(listening.traffic)) == ([], 0)

    go.set()
    exchange = ear.next()
    assert (exchange.who, exchange.status, exchange.cookies_set) == ("alice", 200, ())
    assert ear.all_is_well()


# Anybody else.


def test_whoever_has_an_answer_finds_its_exchange(listening, ear):
    for number in range(1, 100):
        assert call(listening, f"{listening.shop.url}way/0") == 302
        assert listening.traffic.last.number == number
    while ear.next().number != number:
        continue

    assert ear.all_is_well()


@pytest.mark.slow("many visits")
def test_what_a_visitor_does_next_comes_after_it(listening, ear):
    def visits():
        for _ in range(25):
            call(listening, f"{listening.shop.url}way/0")
            call(listening, listening.shop.url)

    visits()
    follows = [row[FIELDS.index("follows")] for row in rows(listening.traffic)]
    assert follows == [each for number in range(1, 51, 2) for each in (0, number)]

    in_threads(visits, visits, visits)
    while ear.next().number != 200:
        continue
    assert ear.all_is_well()


def test_a_listener_hears_after_the_answer_has_been_sent(listening):
    read = threading.Event()
    waited = []
    listening.traffic.listeners.append(lambda exchange: waited.append(read.wait(SECONDS)))
    for path in ("", "way/0", "broken"):
        read.clear()
        call(listening, listening.shop.url + path)
        read.set()

    listening.front.stop()
    assert waited == [True, True, True]


def reader(lab, path):
    """Return a connection that has asked and reads as slowly as it likes."""
    connection = socket.socket()
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
    connection.settimeout(SECONDS)
    connection.connect(("127.0.0.1", lab.server.port))
    connection.sendall(f"GET {path} HTTP/1.1\r\nHost: {lab.shop.url.split('/')[2]}\r\n\r\n".encode())
    assert connection.recv(12) == b"HTTP/1.1 200"
    return connection


def test_an_answer_is_sent_when_its_last_byte_is(listening, ear):
    with reader(listening, "/large") as connection:
        assert (ear.heard, len(listening.traffic)) == ([], 0)
        listening.alice.navigate(listening.shop.url)
        assert ear.next().who == "alice"
        while connection.recv(1 << 20):
            continue

    exchange = ear.next()
    assert (exchange.who, exchange.status) == ("somebody else", 200)
    assert ear.all_is_well()


def test_a_visitor_who_hangs_up_is_in_the_traffic(listening, ear):
    with reader(listening, "/large") as connection:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))  # with a reset

    exchange = ear.next()
    assert (exchange.who, exchange.status) == ("somebody else", 200)


def test_a_visitor_who_hangs_up_while_asking_is_in_the_traffic(listening, ear):
    with socket.create_connection(("127.0.0.1", listening.server.port)) as connection:
        host = listening.shop.url.split("/")[2]
        connection.sendall(f"POST / HTTP/1.1\r\nHost: {host}\r\nContent-Length: 99\r\n\r\nhalf".encode())
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))

    exchange = ear.next()
    assert (exchange.method, exchange.url) == ("POST", listening.shop.url)


def test_what_is_under_way_when_the_lab_stops_is_not_lost():
    lab = opened(listens=True)
    ear, go = Ear(lab), threading.Event()
    lab.add_site("shop", lambda environ, start: [go.wait(SECONDS)])
    with socket.create_connection(("127.0.0.1", lab.server.port)) as connection:
        connection.sendall(f"GET / HTTP/1.1\r\nHost: {lab.shop.url.split('/')[2]}\r\n\r\n".encode())
        while not lab.front.visits:
            threading.Event().wait(0.001)
        lab.stop()
        assert [(each.method, each.status) for each in ear.heard] == [("GET", 0)]
        go.set()
        connection.settimeout(SECONDS)
        while connection.recv(4096):
            continue

    assert ear.all_is_well()


# Exchanges within exchanges.


def test_a_site_calls_another_before_it_answers(listening, ear):
    listening.alice.navigate(f"{listening.shop.url}callback")

    seen = [(each.number, each.after, each.who, each.url) for each in listening.traffic]
    assert seen == [
        (1, 0, "shop (server)", listening.url("idp")),
        (2, 0, "alice", f"{listening.shop.url}callback"),
        (3, 2, "alice", listening.shop.url),
    ]
    assert [row[FIELDS.index("follows")] for row in rows(listening.traffic)] == [0, 0, 2]
    assert ear.all_is_well()


@pytest.mark.parametrize("by", ["a browser of the lab", "somebody else"])
def test_a_listener_may_make_requests_of_its_own(by, listening):
    after = []

    def answer(exchange):
        if exchange.who == "alice":
            listening.bob.navigate(f"{listening.shop.url}callback")
            call(listening, listening.shop.url)

    listening.traffic.listeners.append(answer)
    listening.traffic.listeners.append(after.append)
    if by == "a browser of the lab":
        listening.alice.fetch(listening.shop.url)
    else:
        call(listening, listening.shop.url)
        listening.alice.load_image(listening.shop.url)

    listening.front.stop()
    assert after == list(listening.traffic)
    assert [each.who for each in after].count("bob") == 2
