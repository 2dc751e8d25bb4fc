"""TrafficView by its traits and messages: what it tells a front end, how little it sends, and whom it obeys."""

import json
import threading
from datetime import timedelta

import pytest

from labsrv.kit.addresses.names import FirstNumber
from labsrv.kit.http.traffic import Traffic
from labsrv.kit.lessons.lab import Lab
from labsrv.widgets.traffic.rows import FIELDS
from labsrv.widgets.traffic.view import TrafficView
from tests.widgets.traffic.exchanges import NOON, SHOP, exchange

BYTES_AN_EXCHANGE = 200


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
