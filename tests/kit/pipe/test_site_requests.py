"""Requests that a site's process makes: to its neighbours, as the server that it is, and nowhere else."""

import pytest
from flask import Flask, Response, jsonify, request

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.http.arrival import Arrival
from labsrv.kit.http.transport import Request, Unreachable
from labsrv.kit.lessons.lab import Lab
from labsrv.kit.pipe.peer import RemoteError
from labsrv.kit.pipe.remote import RemoteServices
from labsrv.kit.pipe.served import serve_services
from labsrv.kit.pipe.site_requests import LARGEST_RECEIVED, LARGEST_SENT, SiteRequests


@pytest.fixture
def lab():
    lab = Lab("two", place=FirstNumber(), hash_cost="low", report=lambda exchange: None, listens=False)
    for name in ("shop", "idp", "idp2"):
        lab.add_site(name, site(name))
    yield lab
    lab.stop()


def site(name):
    """Return a site that says what it was asked, and one page that is too long."""
    app = Flask(name)

    @app.route("/echo", methods=["GET", "POST", "PUT"])
    def echo():
        return jsonify(site=name, body=request.get_data(as_text=True))

    @app.get("/long")
    def long():
        return Response("x" * (LARGEST_RECEIVED + 1))

    return app


@pytest.fixture
def requests(lab):
    return SiteRequests("shop", lab.sites, lab.transport)


@pytest.fixture
def remote(lab, ends, requests):
    """The services at the site's end, of which requests go to the lab's neighbours."""
    ends[0].serve |= serve_services(lab, requests=requests)
    return RemoteServices(ends[1])


def send(remote, url, *, method="GET", headers=(), body=b""):
    visit = Arrival("whoever", "192.0.2.1")
    return remote.transport().send(Request(method, url, list(headers), body), visit)


def test_a_neighbour_answers_over_the_pipe(lab, remote):
    answer = send(remote, lab.url("idp", "/echo"), method="POST", headers=[("Authorization", "Basic abc")], body=b"a=1")

    said = lab.traffic[-1]
    assert answer.status == 200 and answer.fields["Content-Type"] == "application/json"
    assert said.who == "shop (server)" and said.site == "idp" and said.request_body == b"a=1"
    assert said.request_header("Authorization") == "Basic abc" and said.request_header("Cookie") is None


def test_it_does_not_say_itself_who_is_asking_and_whom(lab, remote):
    send(remote, lab.url("idp", "/echo"), headers=[("Host", "shop.localhost"), ("User-Agent", "Firefox/1")])

    assert lab.traffic[-1].site == "idp" and lab.traffic[-1].request_header("User-Agent") == "Authlab-site/shop"


ELSEWHERE = {
    "itself": "http://shop.localhost:{port}/echo",
    "another port": "http://idp.localhost:1/echo",
    "no port": "http://idp.localhost/echo",
    "a longer name": "http://idp.localhost:{port}.example.com/echo",
    "a longer port": "http://idp.localhost:{port}0/echo",
    "a name before an @": "http://idp.localhost:{port}@example.com/",
    "no path": "http://idp.localhost:{port}",
    "a query at once": "http://idp.localhost:{port}?/",
    "another scheme": "https://idp.localhost:{port}/echo",
    "a file": "file:///etc/passwd",
    "another host": "http://example.com/",
    "loopback by its number": "http://127.0.0.1:{port}/echo",
    "nothing": "",
    "no text": 7,
    "very long": "http://idp.localhost:{port}/" + "x" * 9000,
}


@pytest.mark.parametrize("url", ELSEWHERE.values(), ids=ELSEWHERE)
def test_nothing_else_is_reached(lab, requests, url):
    if isinstance(url, str):
        url = url.replace("{port}", str(lab.server.port))
    with pytest.raises(ValueError, match="no address of another site"):
        requests.send("GET", url, [], b"")
    assert not list(lab.traffic)


NOT_ALLOWED = {
    "another method": {"method": "PUT"},
    "a method in small letters": {"method": "get"},
    "a cookie": {"headers": [["Cookie", "__Host-idp-login=1"]]},
    "an address of its own": {"headers": [["X-Forwarded-For", "192.0.2.10"]]},
    "a header in two lines": {"headers": [["Accept", "a\r\nCookie: b"]]},
    "a header that is no text": {"headers": [["Accept", 7]]},
    "a header without a value": {"headers": [["Accept"]]},
    "a long header": {"headers": [["Accept", "x" * 9000]]},
    "a body that is no bytes": {"body": "a=1"},
    "a body that is too long": {"body": b"x" * (LARGEST_SENT + 1)},
}


@pytest.mark.parametrize("changed", NOT_ALLOWED.values(), ids=NOT_ALLOWED)
def test_what_no_server_sends_is_refused(lab, requests, changed):
    usual = {"method": "GET", "url": lab.url("idp", "/echo"), "headers": [], "body": b""}
    with pytest.raises(ValueError):
        requests.send(**usual | changed)
    assert not list(lab.traffic)


def test_an_answer_that_is_too_long_is_not_sent_on(lab, remote):
    with pytest.raises(ValueError, match="more than"):
        send(remote, lab.url("idp", "/long"))


def test_odd_paths_are_no_answer(lab, remote):
    with pytest.raises(Unreachable):
        send(remote, lab.url("idp", "/echo and more"))


def test_they_are_counted(lab):
    few = SiteRequests("shop", lab.sites, lab.transport, most=2)
    for _ in range(2):
        few.send("GET", lab.url("idp", "/echo"), [], b"")
    with pytest.raises(ValueError, match="too many"):
        few.send("GET", lab.url("idp", "/echo"), [], b"")


def test_without_leave_nothing_is_sent(lab, ends):
    ends[0].serve |= serve_services(lab)
    with pytest.raises(RemoteError, match="is served here"):
        send(RemoteServices(ends[1]), lab.url("idp", "/echo"))


def test_tables_of_neighbours_are_closed(lab, ends):
    lab.db.idp_keys.insert_one({"_id": "a", "private": "…"})
    lab.db.idpets.insert_one({"_id": "b"})
    ends[0].serve |= serve_services(lab, is_own=lambda table: not table.startswith("idp_"))
    db = RemoteServices(ends[1]).db

    for ask in (lambda: db.idp_keys.find(), lambda: db.idp_faults.delete_many({}), db.clear):
        with pytest.raises(ValueError, match="other site"):
            ask()
    assert db.idpets.find() == [{"_id": "b"}] and db.collections() == ["idpets"]
