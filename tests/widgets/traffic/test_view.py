"""TrafficView by its traits and messages: what it says of exchanges, how little it sends, and whom it obeys."""

import json
import threading
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.cookies.jar import Cookie, Sent, Stored
from labsrv.kit.http.traffic import Exchange, Traffic
from labsrv.kit.lessons.lab import Lab
from labsrv.widgets.text import LONGEST_BODY
from labsrv.widgets.traffic.details import MOST_CHANGES, changes, details, one_before
from labsrv.widgets.traffic.rows import FIELDS, LONGEST, rows
from labsrv.widgets.traffic.view import TrafficView

HOSTILE = "<img src=x onerror=alert(1)>"
SHOP = "http://shop.localhost:8000"
NOON = datetime(2030, 1, 1, 12, tzinfo=UTC)
COOKIE = Cookie("sid", "secret", "shop.localhost")
BYTES_AN_EXCHANGE = 200


def exchange(number=1, path="/", *, said=(), answered=(), **given):
    """Return an exchange of Alice's with the shop."""
    usual = {"who": "alice", "address": "192.0.2.10", "at": NOON, "site": "shop", "method": "GET", "status": 200}
    return Exchange(
        number=number,
        url=given.pop("url", SHOP + path),
        request_headers=list(said),
        response_headers=list(answered),
        **(usual | given),
    )


def row(*exchanges):
    """Return the last of these exchanges' rows, by field."""
    return dict(zip(FIELDS, rows(exchanges)[-1], strict=True))


def aimed(destination, site="same-origin"):
    return [("Sec-Fetch-Dest", destination), ("Sec-Fetch-Site", site)]


KINDS = {
    "a page": (aimed("document"), [], "page", 0),
    "a frame": (aimed("iframe"), [], "frame", 0),
    "an image": (aimed("image"), [], "image", 1),
    "an image from another site": (aimed("image", "cross-site"), [], "image", 0),
    "an image with a cookie": (aimed("image"), [("Set-Cookie", "a=1")], "image", 0),
    "script that asks": (aimed("empty"), [("Content-Type", "application/json")], "fetch", 0),
    "a preflight": ([("Access-Control-Request-Method", "PUT")], [], "page", 0),
    "a stylesheet, seen by its content": ([], [("Content-Type", "text/css")], "style", 1),
    "nothing known": ([], [], "page", 0),
    "nonsense": (aimed(HOSTILE), [], "page", 0),
}


@pytest.mark.parametrize(("said", "answered", "kind", "asset"), KINDS.values(), ids=KINDS)
def test_a_row_says_what_the_request_was_for(said, answered, kind, asset):
    found = row(exchange(said=said, answered=answered))

    assert (found["kind"], found["asset"]) == (kind, asset)


def test_a_preflight_is_told_by_its_method():
    assert row(exchange(method="OPTIONS", said=[("Access-Control-Request-Method", "PUT")]))["kind"] == "preflight"


def redirect(to, status=303, **given):
    return exchange(1, "/login", status=status, answered=[("Location", to)], **given)


CHAINS = {
    "to a path": (redirect("/account"), exchange(2, "/account"), "/account", 1),
    "relative, with a fragment": (redirect("account#top"), exchange(2, "/account"), "/account", 1),
    "to another site": (
        redirect("http://idp.localhost:8000/ask"),
        exchange(2, url="http://idp.localhost:8000/ask", site="idp"),
        "idp.localhost/ask",
        1,
    ),
    "somebody else goes there": (redirect("/account"), exchange(2, "/account", who="bob"), "/account", 0),
    "elsewhere than it said": (redirect("/account"), exchange(2, "/basket"), "/account", 0),
    "a Location that redirects nobody": (redirect("/account", status=201), exchange(2, "/account"), "", 0),
    "a Location that is no address": (redirect("http://[oops"), exchange(2, "/account"), "", 0),
}


@pytest.mark.parametrize(("first", "second", "going", "follows"), CHAINS.values(), ids=CHAINS)
def test_a_redirect_is_recognised_with_what_follows(first, second, going, follows):
    assert row(first)["going"] == going
    assert row(first, second)["follows"] == follows


def test_a_row_names_cookies_and_never_shows_their_values():
    sent = [Sent(True, COOKIE, "sent, because"), Sent(False, replace(COOKIE, name="strict"), "withheld, because")]
    found = row(
        exchange(
            said=[("Cookie", "sid=secret; theme=dark")],
            answered=[("Set-Cookie", "a=secret; Path=/"), ("Set-Cookie", "b=secret; Secure")],
            cookies_sent=sent,
            cookies_set=[Stored(True, COOKIE, "stored"), Stored(False, None, "refused")],
        )
    )

    assert (found["sent"], found["withheld"], found["sets"], found["refused"]) == ("sid, theme", "strict", "a, b", "b")
    assert "secret" not in json.dumps(found)


def test_hostile_data_is_text_and_bounded():
    long = HOSTILE * 500
    hostile = exchange(
        path=f"/{long}",
        who=HOSTILE,
        method=long,
        said=[(long, long), ("Cookie", f"{long}={long}")],
        answered=[("Set-Cookie", f"{long}=1"), ("Location", long)],
        status=302,
        request_body=b"\xff\xfe" * 50,
        response_body=long.encode(),
        error=long,
    )

    assert all(len(value) <= LONGEST for value in rows([hostile])[0] if isinstance(value, str))
    assert len(json.dumps(details(hostile, exchange()))) < 8 * LONGEST_BODY
    assert details(hostile, None)["request"]["body"] == "(100 bytes that are no text)"


DIFFERENCES = {
    "nothing": ({}, {}, []),
    "another address": ({}, {"path": "/a"}, [("~", "address", "GET /", "GET /a")]),
    "a header more": ({}, {"said": [("X-A", "1")]}, [("+", "header X-A", "", "1")]),
    "a header less, in another spelling": ({"said": [("x-a", "1")]}, {}, [("−", "header X-A", "1", "")]),
    "the same header, in another spelling": ({"said": [("x-a", "1")]}, {"said": [("X-A", "1")]}, []),
    "a new session": (
        {"said": [("Cookie", "sid=old")]},
        {"said": [("Cookie", "sid=new")]},
        [("~", "cookie sid", "old", "new")],
    ),
    "a cookie set": ({}, {"answered": [("Set-Cookie", "sid=x; Secure")]}, [("+", "cookie set sid", "", "x; Secure")]),
    "a refusal": ({}, {"status": 403}, [("~", "status", "200", "403")]),
    "a line of the page": (
        {"response_body": b"<p>\nHello\n</p>"},
        {"response_body": b"<p>\nHello alice\n</p>"},
        [("−", "body", "Hello", ""), ("+", "body", "", "Hello alice")],
    ),
    "a picture": (
        {"response_body": b"\0" * 30_000},
        {"response_body": b"\0"},
        [("~", "body", "30,000 bytes", "1 bytes")],
    ),
    "the date": ({"answered": [("Date", "1")]}, {"answered": [("Date", "2")]}, []),
}


@pytest.mark.parametrize(("before", "after", "expected"), DIFFERENCES.values(), ids=DIFFERENCES)
def test_what_changed_is_told_piece_by_piece(before, after, expected):
    found = changes(exchange(1, **before), exchange(2, **after))

    assert [(each["sign"], each["what"], each["before"], each["after"]) for each in found] == expected


def test_changes_are_bounded():
    many = [(f"X-{number}", "1") for number in range(1000)]

    assert len(changes(exchange(1), exchange(2, said=many))) == MOST_CHANGES


def test_an_exchange_is_compared_with_the_last_of_the_same_visitor_and_site_and_a_page_with_a_page():
    page, image, other = exchange(1), exchange(2, said=aimed("image")), exchange(3, who="bob")
    elsewhere, now = exchange(4, site="idp"), exchange(5)

    assert one_before([page, image, other, elsewhere, now], now) is page
    assert one_before([page], page) is None


def test_details_give_the_browsers_reasons_and_say_where_there_are_none():
    ours = exchange(said=[("Cookie", "sid=1")], cookies_sent=[Sent(True, COOKIE, "sent, because it may")])
    theirs = exchange(said=[("Cookie", "sid=1")], answered=[("Set-Cookie", "a=1")])

    assert details(ours, None)["request"]["cookies"] == [{"name": "sid", "yes": True, "reason": "sent, because it may"}]
    assert "only the lab's own browsers" in details(theirs, None)["request"]["cookies"][0]["reason"]
    assert "only the lab's own browsers" in details(theirs, None)["answer"]["cookies"][0]["reason"]


# The view.


class Watched(TrafficView):
    """Keeps what it would send to the front end."""

    def send(self, content, buffers=None):
        self.__dict__.setdefault("said", []).append(content)


@pytest.fixture
def traffic():
    traffic = Traffic()
    traffic.add(exchange(1))
    traffic.add(exchange(2, who="bob"))
    return traffic


@pytest.fixture
def view(traffic):
    view = Watched(traffic)
    view.said = []
    yield view
    view.close()


def add(view, *exchanges):
    """Add exchanges, and have the view pass on those that it still keeps together."""
    for each in exchanges:
        view.traffic.add(each)
    if view.waiting:
        view.pace.now()


def told(view):
    """Return the numbers of the rows that were sent."""
    return [row[0] for message in view.said for row in message.get("rows", [])]


def test_a_view_starts_with_what_was_and_goes_on_with_what_comes(view):
    add(view, exchange(3, site="idp", url="http://idp.localhost:8000/", who="carol"))

    assert [row[0] for row in view.start] == [1, 2]
    assert told(view) == [3]
    assert view.parties == {
        "v:alice": "alice", "s:shop": "shop.localhost", "v:bob": "bob", "v:carol": "carol", "s:idp": "idp.localhost",
    }  # fmt: skip


def test_a_site_that_calls_another_keeps_its_lane_and_its_name(view):
    add(view, exchange(3, who="shop (server)", site="idp", url="http://idp.localhost:8000/"))

    assert view.said[0]["rows"][0][1] == "s:shop"
    assert view.parties["s:shop"] == "shop.localhost"


def test_a_row_goes_to_the_front_end_at_once(view):
    view.traffic.add(exchange(3))

    assert told(view) == [3]


def test_every_row_is_sent_once_and_is_right():
    lab = Lab("test", place=FirstNumber(), hash_cost="low")
    lab.add_site("shop", sets_two_cookies)
    view = Watched(lab.traffic)
    visits = [threading.Thread(target=visit_often, args=(lab, name)) for name in ("alice", "bob", "mallory")]
    for each in visits:
        each.start()
    for each in visits:
        each.join()
    add(view)
    sent = [dict(zip(FIELDS, row, strict=True)) for message in view.said for row in message["rows"]]
    view.close()
    lab.stop()

    assert [row["number"] for row in sent] == list(range(1, 61))
    assert {(row["sets"], row["refused"]) for row in sent} == {("kept, refused", "refused")}


def sets_two_cookies(environ, start):
    start("200 OK", [("Set-Cookie", "kept=1"), ("Set-Cookie", "refused=1; Domain=elsewhere.example")])
    return [b"tea"]


def visit_often(lab, name):
    for _ in range(20):
        lab.browser(name).navigate(lab.shop.url)


def test_a_flood_comes_in_few_messages_of_little_state(view, record_figure):
    since = NOON + timedelta(seconds=1)
    many = [exchange(n, "/account/orders", at=since, said=[("Cookie", "__Host-sid=1")]) for n in range(3, 2003)]
    add(view, *many)
    size = sum(len(json.dumps(message)) for message in view.said) / len(many)
    record_figure("TrafficView: bytes sent per exchange", f"{size:.0f}")

    assert sorted(told(view)) == list(range(3, 2003))
    assert len(view.said) <= 20
    assert size <= BYTES_AN_EXCHANGE
    assert len(view.start) == 2 and len(json.dumps(view.get_state(["start", "parties"]))) < 500


def test_a_view_of_one_visitor_says_nothing_of_others(traffic):
    view = Watched(traffic, who="alice")
    add(view, exchange(3), exchange(4, who="bob"))
    view.take(view, {"do": "open", "number": 4}, [])

    assert [row[0] for row in view.start] == [1] and told(view) == [3]
    assert view.said[-1] == {"missing": 4}
    view.close()


def test_a_front_end_that_comes_later_gets_all_rows_and_the_last_one_to_go_ends_the_sending(view):
    view.take(view, {"do": "hello", "number": 0}, [])
    assert told(view) == [1, 2]

    view.take(view, {"do": "bye"}, [])
    add(view, exchange(3))
    assert told(view) == [1, 2]

    view.take(view, {"do": "hello", "number": 2}, [])
    assert told(view) == [1, 2, 3]


def test_details_come_on_demand(view):
    view.take(view, {"do": "open", "number": 1}, [])

    assert view.said[0]["details"]["url"] == f"{SHOP}/"


BAD_MESSAGES = {
    "no table": "open",
    "nothing": None,
    "an unknown word": {"do": "close", "number": 1},
    "the name of a method": {"do": "take", "number": 1},
    "a list for a word": {"do": ["open"], "number": 1},
    "a number that is text": {"do": "open", "number": "1"},
    "a number that is a fact": {"do": "open", "number": True},
    "a negative number": {"do": "open", "number": -1},
}


@pytest.mark.parametrize("message", BAD_MESSAGES.values(), ids=BAD_MESSAGES)
def test_a_message_that_makes_no_sense_is_ignored(message, view):
    view.take(view, message, [])

    assert view.said == []


def test_a_closed_view_hears_nothing_any_more(view):
    view.close()
    add(view, exchange(3))

    assert view.said == [] and view.traffic.listeners == []


def test_clear_shows_what_comes_from_now_on(view):
    view.clear()

    assert view.since == 2 and len(view.traffic) == 2
