"""Referer: what each policy lets another site see, and where a policy comes from."""

from dataclasses import dataclass
from typing import Any

import pytest

from labsrv.kit.fetch.referrer import POLICIES, policy_of, referrer
from tests.kit.fake_sites import IDP, MALLORY, SHOP, browser, header, html, to

HTTPS = "https://shop.example"
OTHER = "https://api.example"
PLAIN = "http://plain.example"
WHOLE, ONLY_ORIGIN = HTTPS + "/basket?tea=oolong", HTTPS + "/"


@dataclass(frozen=True)
class Seen:
    """The Referer that each kind of target sees."""

    same: str | None
    cross: str | None
    downgrade: str | None


REFERER = {
    "3.1 no-referrer": Seen(None, None, None),
    "3.2 no-referrer-when-downgrade": Seen(WHOLE, WHOLE, None),
    "3.3 same-origin": Seen(WHOLE, None, None),
    "3.4 origin": Seen(ONLY_ORIGIN, ONLY_ORIGIN, ONLY_ORIGIN),
    "3.5 strict-origin": Seen(ONLY_ORIGIN, ONLY_ORIGIN, None),
    "3.6 origin-when-cross-origin": Seen(WHOLE, ONLY_ORIGIN, ONLY_ORIGIN),
    "3.7 strict-origin-when-cross-origin": Seen(WHOLE, ONLY_ORIGIN, None),
    "3.8 unsafe-url": Seen(WHOLE, WHOLE, WHOLE),
}


@pytest.mark.parametrize(("name", "seen"), REFERER.items(), ids=REFERER)
def test_referer_by_policy(name: str, seen: Seen) -> None:
    """Referrer Policy, 8.3, from a page over https to the same origin, another origin, and plain http."""
    policy = name.split()[1]
    page = "https://alice:secret@shop.example/basket?tea=oolong#top"

    assert Seen(*(referrer(policy, page, url + "/x") for url in (HTTPS, OTHER, PLAIN))) == seen


def test_every_policy_has_a_row() -> None:
    assert {name.split()[1] for name in REFERER} == set(POLICIES)


REFERER_CASES = {
    "8.4 user, password and fragment are left out": (
        "unsafe-url",
        "http://a:b@shop.localhost/x#y",
        "http://shop.localhost/x",
    ),
    "8.3 a page without an address has none": ("unsafe-url", None, None),
    "8.3 an opaque origin has none": ("unsafe-url", "null", None),
    "8.3 an address of 4096 characters is whole": (
        "unsafe-url",
        "http://shop.localhost/" + "x" * 4074,
        "http://shop.localhost/" + "x" * 4074,
    ),
    "8.3 one of 4097 is cut to its origin": (
        "unsafe-url",
        "http://shop.localhost/" + "x" * 4075,
        "http://shop.localhost/",
    ),
    "8.3 http on localhost is no downgrade": ("strict-origin", "https://shop.example/x", "https://shop.example/"),
}


@pytest.mark.parametrize(("policy", "page", "expected"), REFERER_CASES.values(), ids=REFERER_CASES)
def test_referer(policy: str, page: str | None, expected: str | None) -> None:
    assert referrer(policy, page, MALLORY + "/") == expected


HEADER = {
    "8.1 one policy": ("no-referrer", "no-referrer"),
    "8.1 the last one that is known wins": ("no-referrer, unsafe-url, tea-only", "unsafe-url"),
    "8.1 in any case": ("No-Referrer", "no-referrer"),
    "8.1 an unknown one is the default": ("tea-only", "strict-origin-when-cross-origin"),
    "8.1 none is the default": (None, "strict-origin-when-cross-origin"),
}


@pytest.mark.parametrize(("value", "expected"), HEADER.values(), ids=HEADER)
def test_referrer_policy_header(value: str | None, expected: str) -> None:
    assert policy_of(value) == expected


PAGES = {
    "the default": (html("<a href=http://idp.localhost:8000/>x</a>"), SHOP + "/"),
    "the header": (html("<a href=http://idp.localhost:8000/>x</a>", ("Referrer-Policy", "unsafe-url")), SHOP + "/?q=1"),
    "the meta element, over the header": (
        html(
            "<meta name=referrer content=no-referrer><a href=http://idp.localhost:8000/>x</a>",
            ("Referrer-Policy", "unsafe-url"),
        ),
        None,
    ),
    "rel=noreferrer": (html("<a rel='x noreferrer' href=http://idp.localhost:8000/>x</a>"), None),
    "referrerpolicy on the link": (
        html("<a referrerpolicy=unsafe-url href=http://idp.localhost:8000/>x</a>"),
        SHOP + "/?q=1",
    ),
}


@pytest.mark.parametrize(("page", "expected"), PAGES.values(), ids=PAGES)
def test_a_page_says_its_policy(page: Any, expected: str | None) -> None:
    """Referrer Policy, 4: how a page delivers its policy."""
    alice, sites = browser({SHOP + "/": page})
    alice.navigate(SHOP + "/?q=1")

    alice.click("x")

    assert header(sites.last, "Referer") == expected


def test_a_redirect_may_change_the_policy() -> None:
    """Referrer Policy, 8.2: "Set request's referrer policy on redirect"."""
    alice, sites = browser({SHOP + "/out": to(IDP + "/", ("Referrer-Policy", "no-referrer"))})

    alice.navigate(SHOP + "/out", from_=SHOP + "/basket")

    assert [header(each, "Referer") for each in sites.asked] == [SHOP + "/basket", None]


def test_a_redirect_recomputes_the_referer() -> None:
    """Referrer Policy, 8.3 runs for every hop: the stranger at the end sees the origin only."""
    alice, sites = browser({SHOP + "/out": to(IDP + "/")})

    alice.navigate(SHOP + "/out", from_=SHOP + "/basket")

    assert [header(each, "Referer") for each in sites.asked] == [SHOP + "/basket", SHOP + "/"]


def test_a_typed_address_has_no_referer() -> None:
    alice, sites = browser()
    alice.navigate(SHOP)

    alice.navigate(SHOP + "/account")

    assert header(sites.last, "Referer") is None
