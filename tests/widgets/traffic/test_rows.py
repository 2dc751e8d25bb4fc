"""A row says what a request was for and where its redirect leads, names cookies, and is bounded."""

import json
from dataclasses import replace

import pytest

from labsrv.kit.cookies.jar import Cookie, Sent, Stored
from labsrv.widgets.traffic.rows import FIELDS, rows
from tests.widgets.traffic.exchanges import HOSTILE, aimed, exchange

COOKIE = Cookie("sid", "secret", "shop.localhost")


def row(*exchanges):
    """Return the last of these exchanges' rows, by field."""
    return dict(zip(FIELDS, rows(exchanges)[-1], strict=True))


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
