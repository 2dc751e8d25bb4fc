"""Tokens in an exchange: where they stand, and that a view opens them in place."""

import json
from datetime import UTC, datetime

import pytest

from labsrv.kit.http.traffic import Exchange, Traffic
from labsrv.widgets.traffic.details import details
from labsrv.widgets.traffic.tokens import tokens_of
from labsrv.widgets.traffic.view import TrafficView
from tests.kit.tokens.made_tokens import SECRET, made

SHOP = "http://shop.localhost:8000/"
TOKEN, OTHER = made(), made({"sub": "bob"}, alg="none")


def exchange(number=1, **parts):
    """Return an exchange with these parts."""
    at = datetime(2026, 1, 1, tzinfo=UTC)
    given = {"request_headers": [], "status": 200, **parts}
    return Exchange(number, "alice", "192.0.2.1", at, "shop", "GET", SHOP, **given)


PLACES = {
    "Authorization": ({"request_headers": [("Host", "x"), ("Authorization", f"Bearer {TOKEN}")]}, "request", 1, TOKEN),
    "a cookie that came": ({"request_headers": [("Cookie", f"a=1; t={TOKEN}")]}, "request", 0, TOKEN),
    "a cookie that was set": ({"response_headers": [("Set-Cookie", f"t={TOKEN}; Path=/")]}, "answer", 0, TOKEN),
    "a form": ({"request_body": f"grant=x&token={TOKEN}&y=1".encode()}, "request", -1, TOKEN),
    "an answer's JSON": ({"response_body": json.dumps({"access_token": OTHER}).encode()}, "answer", -1, OTHER),
}


@pytest.mark.parametrize(("parts", "half", "place", "token"), PLACES.values(), ids=PLACES)
def test_a_token_is_found_in(parts, half, place, token):
    (found,) = tokens_of(exchange(**parts))
    sent = details(exchange(**parts), None)

    assert (found.half, found.place, found.token) == (half, place, token)
    assert sent[half]["tokens"] == [[0, place, found.where]]
    assert sent["answer" if half == "request" else "request"]["tokens"] == []


NO_TOKEN = {
    "nothing": {},
    "a session's id": {"request_headers": [("Cookie", "sid=eyJhbGciOiJIUzI1NiJ9")]},
    "a name with two dots": {"request_headers": [("Host", "eyes.shop.localhost:8000")]},
    "what begins like one": {"request_headers": [("Authorization", "Bearer eyJub3Q.eyJh.eyJ0")]},
    "bytes that are no text": {"response_body": bytes(range(256)) * 100},
}


@pytest.mark.parametrize("parts", NO_TOKEN.values(), ids=NO_TOKEN)
def test_no_token_is_found_in(parts):
    assert tokens_of(exchange(**parts)) == []


def test_many_tokens_are_bounded():
    body = " ".join(made({"sub": str(number)}) for number in range(50))

    assert len(tokens_of(exchange(response_body=body.encode()))) == 8


@pytest.fixture
def traffic():
    kept = Traffic()
    kept.add(exchange(1, request_headers=[("Authorization", f"Bearer {TOKEN}")]))
    kept.add(exchange(2, response_body=OTHER.encode()))
    view = TrafficView(kept, keys=SECRET)
    yield view
    view.close()


def test_an_exchanges_token_is_looked_into(traffic):
    traffic.take(None, {"do": "token", "number": 1, "which": 0})
    assert (traffic.inspecting.token, traffic.inspecting.title) == (TOKEN, "Token in the header Authorization of #1")
    assert traffic.inspecting.shown["keys"]["names"] == ["the key given (secret, 40 bytes)"]

    traffic.take(None, {"do": "token", "number": 2, "which": 0})
    assert (traffic.inspecting.token, traffic.inspecting.title) == (OTHER, "Token in the body of the answer of #2")

    traffic.take(None, {"do": "look away", "number": 0})
    assert traffic.inspecting is None


NONSENSE = {
    "another exchange": {"do": "token", "number": 9, "which": 0},
    "another token": {"do": "token", "number": 1, "which": 1},
    "one below all": {"do": "token", "number": 1, "which": -1},
    "a text": {"do": "token", "number": 1, "which": "0"},
    "none": {"do": "token", "number": 1},
    "a number below all": {"do": "token", "number": -1, "which": 0},
}


@pytest.mark.parametrize("message", NONSENSE.values(), ids=NONSENSE)
def test_nonsense_opens_nothing(traffic, message):
    traffic.take(None, message)

    assert traffic.inspecting is None
