"""RFC 6265bis, 5.6 and 5.5: what a Set-Cookie header field says, row by row."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

import pytest

from labsrv.kit.cookies.parsing import EARLIEST, LONGEST_LIFE, BadCookie, cookie_name, name_and_value, parse

NOW = datetime(2027, 6, 9, 10, 18, 14, tzinfo=UTC).timestamp()
DAY = 24 * 60 * 60


class Row(NamedTuple):
    """`expected` holds the fields that matter, or the reason of a refusal."""

    section: str
    name: str
    set_cookie: str
    expected: dict[str, Any] | str


def pair(name: str, value: str) -> dict[str, str]:
    return {"name": name, "value": value}


ROWS = [
    Row("5.6", "a name and a value", "sid=31d4", pair("sid", "31d4")),
    Row("5.6", "spaces and tabs around both are dropped", " \tsid \t=\t 31d4 \t; Secure", pair("sid", "31d4")),
    Row("5.6", "spaces inside stay", "s id=3 1", pair("s id", "3 1")),
    Row("5.6", "a no-break space is no space", "sid=\xa031d4", pair("sid", "\xa031d4")),
    Row("5.6", "the first equals sign separates", "sid=a=b==", pair("sid", "a=b==")),
    Row("5.6", "the first semicolon ends the value, quotes or not", 'sid="a;b"', pair("sid", '"a')),
    Row("5.6", "quotes belong to the value", 'sid="31d4"', pair("sid", '"31d4"')),
    Row("5.6", "a comma is an ordinary character", "sid=a,b=c", pair("sid", "a,b=c")),
    Row("5.6", "percent signs are not decoded", "sid=%3B%20", pair("sid", "%3B%20")),
    Row("5.6", "an empty value", "sid=", pair("sid", "")),
    Row("5.6", "no equals sign: a value without a name", "31d4", pair("", "31d4")),
    Row("5.6", "an empty name", "=31d4", pair("", "31d4")),
    Row("5.6", "an empty name, more equals signs", "==31d4", pair("", "=31d4")),
    Row("5.6", "names keep their case", "SID=1", pair("SID", "1")),
    Row("5.6", "neither name nor value", "=", "it has neither a name nor a value"),
    Row("5.6", "nothing at all", "", "it has neither a name nor a value"),
    Row("5.6", "attributes only", "; Secure", "it has neither a name nor a value"),
    Row("5.6", "a line break", "sid=1\r\nSet-Cookie: a=b", "it contains a control character"),
    Row("5.6", "a zero byte", "sid=1\x00", "it contains a control character"),
    Row("5.6", "the last control character below the tab", "sid=1\x08", "it contains a control character"),
    Row("5.6", "the last control character below the space", "sid=1\x1f", "it contains a control character"),
    Row("5.6", "DEL", "sid=\x7f", "it contains a control character"),
    Row("5.6", "a control character in an attribute", "sid=1; Path=/\x01", "it contains a control character"),
    Row("5.6", "a tab inside the value, as in Chromium", "sid=a\tb", "it contains a tab"),
    Row("5.6", "a tab inside an attribute, as in Chromium", "sid=1; Path=/a\tb", "it contains a tab"),
    Row("5.6", "a tab around an attribute is dropped", "sid=1;\tPath\t=\t/a\t", {"path": "/a"}),
    Row("5.6", "a character over 7F is allowed", "sid=\x80\xff", pair("sid", "\x80\xff")),
    Row("5.6", "4096 bytes of name and value", "sid=" + "v" * 4093, pair("sid", "v" * 4093)),
    Row(
        "5.6",
        "4097 bytes of name and value",
        "sid=" + "v" * 4094,
        "its name and value are together longer than 4096 bytes",
    ),
    Row("5.6", "4097 bytes in the name", "n" * 4097 + "=", "its name and value are together longer than 4096 bytes"),
    Row(
        "5.6",
        "bytes count, not characters",
        "sid=" + "茶" * 1365,
        "its name and value are together longer than 4096 bytes",
    ),
    Row("5.6", "spaces around do not count", "sid=" + " " * 99 + "v" * 4093, pair("sid", "v" * 4093)),
    Row("5.6", "attributes do not count", "sid=" + "v" * 4093 + "; Path=/account", {"path": "/account"}),
    Row("5.6", "an attribute of 1024 bytes", "sid=1; Path=/" + "p" * 1023, {"path": "/" + "p" * 1023}),
    Row("5.6", "an attribute of 1025 bytes is dropped, the cookie stays", "sid=1; Path=/" + "p" * 1024, {"path": None}),
    Row("5.6", "even one that would not need a value", "sid=1; Secure=" + "x" * 1025, {"secure": False}),
    Row("5.6", "an unknown attribute is ignored", "sid=1; Priority=High; Partitioned; Secure", {"secure": True}),
    Row("5.6", "attribute names in any case", "sid=1; sEcUrE; HTTPONLY", {"secure": True, "http_only": True}),
    Row("5.6", "attributes without spaces", "sid=1;Secure;HttpOnly", {"secure": True, "http_only": True}),
    Row("5.6", "spaces inside an attribute's name", "sid=1; Http Only", {"http_only": False}),
    Row("5.6", "empty attributes", "sid=1;;;; Secure;", {"secure": True}),
    Row("5.6", "an attribute in quotes is another attribute", 'sid=1; "Secure"', {"secure": False}),
    Row("5.6.1", "a date", "sid=1; Expires=Wed, 09 Jun 2027 10:18:15 GMT", {"expires": NOW + 1}),
    Row("5.6.1", "a date in the past", "sid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT", {"expires": 0.0}),
    Row("5.6.1", "a date before the epoch", "sid=1; Expires=31 Dec 1969 23:59:59", {"expires": -1.0}),
    Row("5.6.1", "no date: dropped", "sid=1; Expires=0", {"expires": None}),
    Row("5.6.1", "empty: dropped", "sid=1; Expires=", {"expires": None}),
    Row(
        "5.6.1",
        "the last one wins",
        "a=1; Expires=9 Jun 2027 10:18:16; Expires=9 Jun 27 10:18:15",
        {"expires": NOW + 1},
    ),
    Row(
        "5.6.1",
        "even an unreadable one, as in Chromium",
        "a=1; Expires=9 Jun 2027 10:18:16; Expires=x",
        {"expires": None},
    ),
    Row("5.6.2", "seconds from now", "sid=1; Max-Age=60", {"max_age": NOW + 60}),
    Row("5.6.2", "one second", "sid=1; Max-Age=1", {"max_age": NOW + 1}),
    Row("5.6.2", "zero: at once", "sid=1; Max-Age=0", {"max_age": EARLIEST}),
    Row("5.6.2", "minus one: at once", "sid=1; Max-Age=-1", {"max_age": EARLIEST}),
    Row("5.6.2", "leading zeros", "sid=1; Max-Age=0060", {"max_age": NOW + 60}),
    Row("5.6.2", "empty: dropped", "sid=1; Max-Age=", {"max_age": None}),
    Row("5.6.2", "a minus sign alone: dropped", "sid=1; Max-Age=-", {"max_age": None}),
    Row("5.6.2", "a plus sign, as in Chromium", "sid=1; Max-Age=+60", {"max_age": NOW + 60}),
    Row("5.6.2", "two signs: dropped", "sid=1; Max-Age=--60", {"max_age": None}),
    Row("5.6.2", "a fraction: dropped", "sid=1; Max-Age=60.5", {"max_age": None}),
    Row("5.6.2", "a unit: dropped", "sid=1; Max-Age=60s", {"max_age": None}),
    Row("5.6.2", "quotes: dropped", 'sid=1; Max-Age="60"', {"max_age": None}),
    Row("5.6.2", "digits of another script: dropped", "sid=1; Max-Age=٦٠", {"max_age": None}),
    Row("5.6.2", "the last readable one wins", "sid=1; Max-Age=60; Max-Age=30", {"max_age": NOW + 30}),
    Row("5.6.2", "even an unreadable one, as in Chromium", "sid=1; Max-Age=60; Max-Age=x", {"max_age": None}),
    Row("5.5", "Max-Age of 400 days", f"sid=1; Max-Age={400 * DAY}", {"max_age": NOW + LONGEST_LIFE}),
    Row("5.5", "Max-Age a second under", f"sid=1; Max-Age={400 * DAY - 1}", {"max_age": NOW + LONGEST_LIFE - 1}),
    Row("5.5", "Max-Age a second over is cut", f"sid=1; Max-Age={400 * DAY + 1}", {"max_age": NOW + LONGEST_LIFE}),
    Row("5.5", "Max-Age of a thousand digits is cut", f"sid=1; Max-Age={'9' * 1000}", {"max_age": NOW + LONGEST_LIFE}),
    Row("5.5", "Expires in 400 days", "sid=1; Expires=13 Jul 2028 10:18:14", {"expires": NOW + LONGEST_LIFE}),
    Row("5.5", "Expires a second over is cut", "sid=1; Expires=13 Jul 2028 10:18:15", {"expires": NOW + LONGEST_LIFE}),
    Row(
        "5.5", "Expires in the year 9999 is cut", "sid=1; Expires=31 Dec 9999 23:59:59", {"expires": NOW + LONGEST_LIFE}
    ),
    Row("5.6.3", "a domain", "sid=1; Domain=shop.example", {"domain": "shop.example"}),
    Row("5.6.3", "a leading dot is dropped", "sid=1; Domain=.shop.example", {"domain": "shop.example"}),
    Row("5.6.3", "only one", "sid=1; Domain=..shop.example", {"domain": ".shop.example"}),
    Row("5.6.3", "a trailing dot stays", "sid=1; Domain=shop.example.", {"domain": "shop.example."}),
    Row("5.6.3", "upper case becomes lower", "sid=1; Domain=SHOP.Example", {"domain": "shop.example"}),
    Row("5.6.3", "an empty one means this host only", "sid=1; Domain=", {"domain": ""}),
    Row("5.6.3", "a dot alone is a domain, as in Chromium", "sid=1; Domain=.", {"domain": "."}),
    Row("5.6.3", "the last one wins", "sid=1; Domain=a.example; Domain=b.example", {"domain": "b.example"}),
    Row("5.6.3", "even if it is empty", "sid=1; Domain=a.example; Domain=", {"domain": ""}),
    Row("5.6.3", "but not if it is too long", f"sid=1; Domain=a.example; Domain={'b' * 1025}", {"domain": "a.example"}),
    Row("5.6.4", "a path", "sid=1; Path=/account", {"path": "/account"}),
    Row("5.6.4", "without a slash: the default path", "sid=1; Path=account", {"path": ""}),
    Row("5.6.4", "empty: the default path", "sid=1; Path=", {"path": ""}),
    Row("5.6.4", "quotes: the default path", 'sid=1; Path="/"', {"path": ""}),
    Row("5.6.4", "case stays", "sid=1; Path=/Account", {"path": "/Account"}),
    Row("5.6.4", "the last one wins", "sid=1; Path=/a; Path=/b", {"path": "/b"}),
    Row("5.6.5", "Secure", "sid=1; Secure", {"secure": True}),
    Row("5.6.5", "a value does not matter", "sid=1; Secure=false", {"secure": True}),
    Row("5.6.5", "not given", "sid=1", {"secure": False}),
    Row("5.6.6", "HttpOnly", "sid=1; HttpOnly", {"http_only": True}),
    Row("5.6.6", "a value does not matter", "sid=1; HttpOnly=0", {"http_only": True}),
    Row("5.6.6", "not given", "sid=1", {"http_only": False}),
    Row("5.6.6", "with a hyphen it is unknown", "sid=1; Http-Only", {"http_only": False}),
    Row("5.6.7", "Strict", "sid=1; SameSite=Strict", {"same_site": "Strict"}),
    Row("5.6.7", "Lax", "sid=1; SameSite=Lax", {"same_site": "Lax"}),
    Row("5.6.7", "None", "sid=1; SameSite=None", {"same_site": "None"}),
    Row("5.6.7", "in any case", "sid=1; SameSite=sTRICT", {"same_site": "Strict"}),
    Row("5.6.7", "not given", "sid=1", {"same_site": "Default"}),
    Row("5.6.7", "empty", "sid=1; SameSite", {"same_site": "Default"}),
    Row("5.6.7", "a word that nobody knows", "sid=1; SameSite=Stric", {"same_site": "Default"}),
    Row("5.6.7", "with a hyphen the attribute is unknown", "sid=1; Same-Site=Strict", {"same_site": "Default"}),
    Row("5.6.7", "the last one wins", "sid=1; SameSite=Strict; SameSite=Lax", {"same_site": "Lax"}),
    Row("5.6.7", "even a word that nobody knows", "sid=1; SameSite=Strict; SameSite=x", {"same_site": "Default"}),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section} {row.name}")
def test_a_set_cookie(row: Row):
    """Each header field says what the draft reads in it, or is no cookie."""
    if isinstance(row.expected, str):
        with pytest.raises(BadCookie) as refusal:
            parse(row.set_cookie, NOW)
        assert str(refusal.value) == row.expected
        return

    parsed = parse(row.set_cookie, NOW)
    assert {name: getattr(parsed, name) for name in row.expected} == row.expected


# A Set-Cookie, or a pair of a Cookie header: its name
NAMES = {
    "a pair": ("sid=1", "sid"),
    "attributes behind it": ("sid=1; Path=/; Secure", "sid"),
    "an empty value": ("sid=", "sid"),
    "a second equals sign": ("sid=a=b", "sid"),
    "spaces and tabs around it": (" \tsid\t =1", "sid"),
    "a space within": ("my sid=1", "my sid"),
    "no equals sign: a value only": ("tea", ""),
    "no equals sign in the pair, one in an attribute": ("__Host-sid; Path=/", ""),
    "nothing before the equals sign": ("=tea", ""),
    "spaces before the equals sign": ("  =tea", ""),
    "an equals sign alone": ("=", ""),
    "nothing": ("", ""),
    "a semicolon first": ("; sid=1", ""),
    "letters beyond ASCII": ("größe=1", "größe"),
    "what a parser refuses": ("s\x00id=1", "s\x00id"),
}


@pytest.mark.parametrize(("given", "name"), NAMES.values(), ids=NAMES)
def test_the_name_of_a_cookie(given, name):
    """5.6: without an equals sign there is only a value."""
    assert cookie_name(given) == name
    assert name_and_value(given.partition(";")[0])[0] == name


@pytest.mark.parametrize("row", [row for row in ROWS if not isinstance(row.expected, str)], ids=lambda row: row.name)
def test_the_name_is_the_one_that_the_parser_reads(row: Row):
    assert cookie_name(row.set_cookie) == parse(row.set_cookie, NOW).name


def test_a_value_is_never_printed():
    """A parsed cookie's repr does not show its value."""
    assert "31d4" not in repr(parse("sid=31d4", NOW))
