"""What each attribute of a cookie means, and what is missing."""

from dataclasses import replace

import pytest

from labsrv.kit.cookies.model import Cookie
from labsrv.kit.cookies.words import words_about

BARE = Cookie("sid", "1", "shop.localhost")

ROWS = {
    "no Secure": ({}, "Secure", "not given", "open", "plain http"),
    "Secure": ({"secure": True}, "Secure", "given", "kept", "https only"),
    "no HttpOnly": ({}, "HttpOnly", "not given", "open", "script"),
    "HttpOnly": ({"http_only": True}, "HttpOnly", "given", "kept", "cannot read"),
    "no SameSite": ({}, "SameSite", "not given", "open", "first two minutes send it with cross-site POSTs"),
    "Strict": ({"same_site": "Strict"}, "SameSite", "Strict", "kept", "even by a link"),
    "Lax": ({"same_site": "Lax"}, "SameSite", "Lax", "kept", "links and GET forms only"),
    "None": ({"same_site": "None"}, "SameSite", "None", "open", "whoever asks"),
    "no prefix": ({}, "Prefix", "none", "open", "Another host"),
    "__Host-": ({"name": "__host-sid"}, "Prefix", "__Host-", "kept", "no Domain: no other host can plant one"),
    "__Secure-": ({"name": "__Secure-sid"}, "Prefix", "__Secure-", "open", "with Secure; another host"),
    "__Http-": ({"name": "__Http-sid"}, "Prefix", "__Http-", "open", "HttpOnly"),
    "__Host-Http-": ({"name": "__Host-Http-sid"}, "Prefix", "__Host-Http-", "kept", "HttpOnly"),
    "no Domain": ({}, "Domain", "not given", "kept", "shop.localhost only"),
    "Domain": ({"host_only": False}, "Domain", "shop.localhost", "open", "every host below"),
    "Path=/": ({}, "Path", "/", "", "every path"),
    "Path": ({"path": "/basket"}, "Path", "/basket", "", "below"),
    "session": ({}, "Expires", "not given", "", "until the browser is closed"),
    "expiry": ({"expires": 0.0}, "Expires", "1970-01-01 00:00:00 UTC", "", "kept until then"),
    "beyond all years": ({"expires": 1e20}, "Expires", "beyond the calendar", "", "kept until then"),
}


@pytest.mark.parametrize(("given", "attribute", "says", "tone", "meaning"), ROWS.values(), ids=ROWS)
def test_a_word_about(given, attribute, says, tone, meaning):
    word = {each.attribute: each for each in words_about(replace(BARE, **given))}[attribute]

    assert (word.says, word.tone) == (says, tone)
    assert meaning in word.meaning


def test_without_the_exception_nothing_is_said_of_two_minutes():
    word = {each.attribute: each for each in words_about(BARE, 0)}["SameSite"]

    assert "minutes" not in word.meaning and "Lax" in word.meaning
