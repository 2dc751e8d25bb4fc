"""RFC 6265bis, 5.7: what a jar holds after one cookie upon another, row by row."""

from typing import Any, NamedTuple

import pytest

from labsrv.kit.cookies.jar import Cookie, CookieJar

NOW = 1_800_000_000.0
SHOP = "http://shop.localhost:8000/account/orders"


class Sequence(NamedTuple):
    """Set-Cookies of one address, a second after another; `left` is what the jar then holds, in sending order."""

    section: str
    name: str
    set_cookies: tuple[str, ...]
    left: tuple[str, ...]
    limits: dict[str, Any] = {}


SEQUENCES = [
    Sequence("5.7", "the same name, domain and path: the newer one stays", ("a=1", "a=2"), ("a=2",)),
    Sequence("5.7", "another path: both stay", ("a=1; Path=/", "a=2; Path=/b"), ("a=2", "a=1")),
    Sequence("5.7", "host-only and not: both stay", ("a=1", "a=2; Domain=shop.localhost"), ("a=1", "a=2")),
    Sequence("5.7", "another case of the name: both stay", ("a=1", "A=2"), ("a=1", "A=2")),
    Sequence(
        "5.7",
        "replaced with the same value: it keeps its creation time, so its place",
        ("a=1", "b=1", "a=1"),
        ("a=1", "b=1"),
    ),
    Sequence("5.7", "replaced with another value: created anew, as in Chromium", ("a=1", "b=1", "a=2"), ("b=1", "a=2")),
    Sequence("5.7", "removed by Max-Age=0", ("a=1", "b=1", "a=; Max-Age=0"), ("b=1",)),
    Sequence("5.7", "removed by a date in the past", ("a=1", "a=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT"), ()),
    Sequence("5.7", "not removed through another path", ("a=1; Path=/", "a=; Max-Age=0; Path=/b"), ("a=1",)),
    Sequence(
        "5.7", "not removed through a Domain attribute", ("a=1", "a=; Max-Age=0; Domain=shop.localhost"), ("a=1",)
    ),
    Sequence(
        "5.7",
        "a prefix's promise binds its removal too",
        ("__Host-a=1; Secure; Path=/", "__Host-a=; Max-Age=0"),
        ("__Host-a=1",),
    ),
    Sequence("5.7", "expired as time goes by, exactly at its second", ("a=1; Max-Age=2", "b=1", "c=1"), ("b=1", "c=1")),
    Sequence("5.7", "not yet, a second earlier", ("a=1; Max-Age=3", "b=1", "c=1"), ("a=1", "b=1", "c=1")),
    Sequence(
        "5.7",
        "eviction: as many as a domain may have",
        ("a=1", "b=1", "c=1"),
        ("a=1", "b=1", "c=1"),
        {"max_per_domain": 3},
    ),
    Sequence(
        "5.7",
        "eviction: one more, the longest unused goes",
        ("a=1", "b=1", "c=1", "d=1"),
        ("b=1", "c=1", "d=1"),
        {"max_per_domain": 3},
    ),
    Sequence(
        "5.7",
        "eviction: those without Secure go first",
        ("a=1; Secure", "b=1", "c=1", "d=1"),
        ("a=1", "c=1", "d=1"),
        {"max_per_domain": 3},
    ),
    Sequence(
        "5.7",
        "eviction: a newcomer without Secure goes before older ones with it",
        ("a=1; Secure", "b=1; Secure", "c=1"),
        ("a=1", "b=1"),
        {"max_per_domain": 2},
    ),
    Sequence(
        "5.7",
        "eviction: among Secure ones the longest unused goes",
        ("a=1; Secure", "b=1; Secure", "c=1; Secure"),
        ("b=1", "c=1"),
        {"max_per_domain": 2},
    ),
    Sequence(
        "5.7",
        "eviction: expired ones go before all",
        ("a=1", "b=1; Max-Age=1", "c=1", "d=1"),
        ("a=1", "c=1", "d=1"),
        {"max_per_domain": 3},
    ),
    Sequence(
        "5.7", "eviction: a replaced cookie counts once", ("a=1", "b=1", "a=2"), ("b=1", "a=2"), {"max_per_domain": 2}
    ),
    Sequence("5.7", "eviction: as many as the jar may have", ("a=1", "b=1"), ("a=1", "b=1"), {"max_total": 2}),
    Sequence(
        "5.7",
        "eviction: one more, Secure or not does not matter",
        ("a=1; Secure", "b=1", "c=1"),
        ("b=1", "c=1"),
        {"max_total": 2},
    ),
]


@pytest.mark.parametrize("row", SEQUENCES, ids=lambda row: f"{row.section} {row.name}")
def test_cookies_one_after_another(row: Sequence):
    """After each sequence, the jar holds what the storage model leaves."""
    time = NOW
    jar = CookieJar(now=lambda: time, **row.limits)

    for number, set_cookie in enumerate(row.set_cookies):
        time = NOW + number
        jar.receive(set_cookie, "http://shop.localhost/")

    assert tuple(f"{cookie.name}={cookie.value}" for cookie in jar.all()) == row.left


def test_a_removal_says_so():
    """An expired Set-Cookie that deletes a cookie is neither stored nor called a refusal."""
    jar = CookieJar(now=lambda: NOW)
    jar.receive("sid=1", SHOP)
    answer = jar.receive("sid=; Max-Age=0", SHOP)

    assert (answer.stored, answer.removed, len(jar)) == (False, True, 0)
    assert answer.reason == "removed, because its expiry is in the past"


def test_a_cookie_evicted_at_once_is_refused():
    """A newcomer that is the first to go is not called stored."""
    jar = CookieJar(now=lambda: NOW, max_per_domain=1)
    jar.receive("a=1; Secure", SHOP)
    answer = jar.receive("b=1", SHOP)

    assert not answer.stored
    assert answer.reason.startswith("refused, because the jar is full")


def test_an_eviction_looks_at_the_last_use():
    """Of two cookies, the one that was sent lately stays, although it is the older one."""
    time = NOW
    jar = CookieJar(now=lambda: time, max_per_domain=2)
    jar.receive("a=1; Path=/a", "http://shop.localhost/")
    time = NOW + 1
    jar.receive("b=1; Path=/b", "http://shop.localhost/")
    time = NOW + 2
    jar.cookies_for("http://shop.localhost/a")
    time = NOW + 3
    jar.receive("c=1; Path=/c", "http://shop.localhost/")

    assert [cookie.name for cookie in jar.all()] == ["a", "c"]


def test_crowds_are_counted_by_domain():
    """A full domain does not cost another one its cookies."""
    jar = CookieJar(now=lambda: NOW, max_per_domain=1)
    jar.receive("a=1", "http://shop.localhost/")
    jar.receive("b=1", "http://idp.localhost/")

    assert len(jar) == 2


def test_closing_the_browser_ends_session_cookies():
    """5.7: what has no expiry goes when the session is over, the rest stays."""
    jar = CookieJar(now=lambda: NOW)
    jar.receive("a=1", SHOP)
    jar.receive("b=1; Max-Age=60", SHOP)
    jar.forget_session_cookies()

    assert [cookie.name for cookie in jar.all()] == ["b"]


def test_a_thief_puts_a_cookie_in():
    """What is put in past the rules can be found, removed and cleared like any other."""
    jar = CookieJar(now=lambda: NOW)
    jar.put(Cookie("sid", "31d4", "shop.localhost"))
    jar.put(Cookie("sid", "e5f6", "idp.localhost", path="/login"))

    assert jar.get("sid", "http://shop.localhost/").value == "31d4"
    assert jar.get("sid").value == "e5f6"
    assert jar.get("sid", "http://idp.localhost/") is None
    assert jar.get("other") is None
    assert jar.remove("sid", domain="idp.localhost") == 1
    assert jar.remove("sid", path="/elsewhere") == 0
    assert "31d4" not in repr(jar) and "31d4" not in repr(jar.all())
    jar.clear()
    assert len(jar) == 0
