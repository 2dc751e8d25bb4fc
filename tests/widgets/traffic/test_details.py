"""An exchange in full: bounded, with the browser's reasons, and what changed since the one before."""

import difflib
import json

import pytest

from labsrv.kit.cookies.jar import Cookie, Sent
from labsrv.widgets.text import LONGEST_BODY
from labsrv.widgets.traffic.details import MOST_CHANGES, changes, compared_bodies, details, one_before
from labsrv.widgets.traffic.rows import LONGEST, rows
from tests.widgets.traffic.exchanges import HOSTILE, aimed, exchange

COOKIE = Cookie("sid", "secret", "shop.localhost")


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


def test_bodies_are_compared_line_by_line(monkeypatch):
    compared = []

    class Counted(difflib.SequenceMatcher):
        def __init__(self, junk, one, other):
            compared.append((one, other))
            super().__init__(junk, one, other)

    monkeypatch.setattr(difflib, "SequenceMatcher", Counted)
    before, after = ("\n".join(f"<p>{each} {word} tea</p>" for each in range(390)) for word in ("black", "green"))
    (only,) = compared_bodies("answer", before.encode(), after.encode())

    assert "bytes" in only["before"] and len(compared) == 1
