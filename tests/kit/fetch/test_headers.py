"""What a browser says with a request: Sec-Fetch-*, Origin, Accept, and who is asking. A row per rule and case."""

import itertools
from typing import Any

import pytest

from labsrv.kit.fetch.referrer import POLICIES
from tests.kit.fake_sites import API, IDP, MALLORY, SHOP, browser, header, html, to


def typed(alice: Any, url: str, _: str) -> None:
    alice.navigate(url)


def linked(alice: Any, url: str, from_: str) -> None:
    alice.navigate(url, from_=from_)


def get_form(alice: Any, url: str, from_: str) -> None:
    alice.submit(url, from_=from_, method="GET", q="tea")


def post_form(alice: Any, url: str, from_: str) -> None:
    alice.submit(url, from_=from_, q="tea")


def image(alice: Any, url: str, from_: str) -> None:
    alice.load_image(url, from_=from_)


def frame(alice: Any, url: str, from_: str) -> None:
    alice.load_frame(url, from_=from_)


def cors(alice: Any, url: str, from_: str) -> None:
    alice.fetch(url, from_=from_)


def no_cors(alice: Any, url: str, from_: str) -> None:
    alice.fetch(url, mode="no-cors", from_=from_)


def no_cors_post(alice: Any, url: str, from_: str) -> None:
    alice.fetch(url, mode="no-cors", method="POST", from_=from_)


def cors_post(alice: Any, url: str, from_: str) -> None:
    alice.fetch(url, method="POST", from_=from_)


def only_own(alice: Any, url: str, from_: str) -> None:
    alice.fetch(url, mode="same-origin", from_=from_)


def preflight(alice: Any, url: str, from_: str) -> None:
    alice.fetch(url, method="PUT", from_=from_)


# What was done, from where, to where → Site, Mode, Dest, User
METADATA = {
    "2.3 Site: a typed address is nobody's": (typed, "", SHOP, "none navigate document ?1"),
    "2.3 Site: a link on the same origin": (linked, SHOP, SHOP, "same-origin navigate document ?1"),
    "2.3 Site: a link on the same site": (linked, API, SHOP, "same-site navigate document ?1"),
    "2.3 Site: a link on another site": (linked, MALLORY, SHOP, "cross-site navigate document ?1"),
    "2.3 Site: another port is another origin of the same site": (
        linked,
        "http://shop.localhost:9000",
        SHOP,
        "same-site navigate document ?1",
    ),
    "2.3 Site: another scheme is another site": (
        linked,
        "https://shop.localhost:8000",
        SHOP,
        "cross-site navigate document ?1",
    ),
    "2.3 Site: an opaque origin is a stranger": (linked, "null", SHOP, "cross-site navigate document ?1"),
    "2.4 User: a GET form is a navigation by hand": (get_form, SHOP, SHOP, "same-origin navigate document ?1"),
    "2.4 User: a POST form is a navigation by hand": (post_form, MALLORY, SHOP, "cross-site navigate document ?1"),
    "2.1 Dest: an image of the same origin": (image, SHOP, SHOP, "same-origin no-cors image None"),
    "2.1 Dest: an image of another site": (image, MALLORY, SHOP, "cross-site no-cors image None"),
    "2.1 Dest: a frame of the same origin": (frame, SHOP, SHOP, "same-origin navigate iframe None"),
    "2.1 Dest: a frame of the same site": (frame, API, SHOP, "same-site navigate iframe None"),
    "2.1 Dest: a frame of another site": (frame, MALLORY, SHOP, "cross-site navigate iframe None"),
    "2.2 Mode: fetch to the same origin": (cors, SHOP, SHOP, "same-origin cors empty None"),
    "2.2 Mode: fetch to the same site": (cors, SHOP, API, "same-site cors empty None"),
    "2.2 Mode: fetch to another site": (cors, MALLORY, SHOP, "cross-site cors empty None"),
    "2.2 Mode: no-cors": (no_cors, MALLORY, SHOP, "cross-site no-cors empty None"),
    "2.2 Mode: same-origin": (only_own, SHOP, SHOP, "same-origin same-origin empty None"),
    "2.2 Mode: a preflight is cors": (preflight, MALLORY, SHOP, "cross-site cors empty None"),
    "2 an address that is not trustworthy gets none of them": (
        linked,
        "http://a.example",
        "http://b.example",
        "None None None None",
    ),
    "2 an https address is trustworthy": (linked, SHOP, "https://b.example", "cross-site navigate document ?1"),
}


@pytest.mark.parametrize(("act", "from_", "url", "expected"), METADATA.values(), ids=METADATA)
def test_fetch_metadata(act: Any, from_: str, url: str, expected: str) -> None:
    alice, sites = browser()

    act(alice, url, from_)

    said = [str(header(sites.last, f"Sec-Fetch-{name}")) for name in ("Site", "Mode", "Dest", "User")]
    assert " ".join(said) == expected


# "The worst step decides": the addresses of the way → Sec-Fetch-Site at its end
CHAINS = {
    "2.3 the site's own redirect": ([SHOP + "/a", SHOP + "/b"], SHOP, "same-origin"),
    "2.3 over the same site and back": ([SHOP + "/a", API + "/b", SHOP + "/c"], SHOP, "same-site"),
    "2.3 over a stranger and back": ([SHOP + "/a", IDP + "/b", SHOP + "/c"], SHOP, "cross-site"),
    "2.3 a stranger's link, then the site's own redirect": ([SHOP + "/a", SHOP + "/b"], MALLORY, "cross-site"),
    "2.3 a typed address stays nobody's over strangers": ([SHOP + "/a", IDP + "/b", SHOP + "/c"], None, "none"),
}


@pytest.mark.parametrize(("way", "from_", "expected"), CHAINS.values(), ids=CHAINS)
def test_fetch_metadata_after_redirects(way: list[str], from_: str | None, expected: str) -> None:
    alice, sites = browser({here: to(there) for here, there in itertools.pairwise(way)})

    alice.navigate(way[0], from_=from_)

    assert sites.last.url == way[-1]
    assert header(sites.last, "Sec-Fetch-Site") == expected


ORIGIN = {
    "a typed address has none": (typed, "", SHOP, None),
    "a link has none, even to another site": (linked, MALLORY, SHOP, None),
    "a GET form has none": (get_form, MALLORY, SHOP, None),
    "a POST form on the same origin": (post_form, SHOP, SHOP, SHOP),
    "a POST form of another site": (post_form, MALLORY, SHOP, MALLORY),
    "a POST form of an opaque origin": (post_form, "null", SHOP, "null"),
    "a POST form from https to http": (post_form, "https://a.example", SHOP, "null"),
    "a POST form from http to https": (post_form, SHOP, "https://a.example", SHOP),
    "fetch to the own origin, GET": (cors, SHOP, SHOP, None),
    "fetch to the own origin, POST": (cors_post, SHOP, SHOP, SHOP),
    "fetch to another origin, GET": (cors, SHOP, API, SHOP),
    "fetch to another origin, POST": (cors_post, SHOP, API, SHOP),
    "fetch no-cors to another origin, GET": (no_cors, MALLORY, SHOP, None),
    "fetch no-cors to another origin, POST": (no_cors_post, MALLORY, SHOP, MALLORY),
    "an image": (image, MALLORY, SHOP, None),
    "a frame": (frame, MALLORY, SHOP, None),
    "a preflight": (preflight, MALLORY, SHOP, MALLORY),
}


@pytest.mark.parametrize(("act", "from_", "url", "expected"), ORIGIN.values(), ids=ORIGIN)
def test_origin(act: Any, from_: str, url: str, expected: str | None) -> None:
    """Fetch, "append a request Origin header"."""
    alice, sites = browser()

    act(alice, url, from_)

    assert header(sites.last, "Origin") == expected


# The policy of the page whose form is sent → Origin of the POST to the same and to another origin
ORIGIN_BY_POLICY = {
    "no-referrer": ("null", "null"),
    "no-referrer-when-downgrade": (SHOP, SHOP),
    "same-origin": (SHOP, "null"),
    "origin": (SHOP, SHOP),
    "strict-origin": (SHOP, SHOP),
    "origin-when-cross-origin": (SHOP, SHOP),
    "strict-origin-when-cross-origin": (SHOP, SHOP),
    "unsafe-url": (SHOP, SHOP),
}


@pytest.mark.parametrize("policy", POLICIES)
def test_origin_of_a_form_by_policy(policy: str) -> None:
    """Fetch, "append a request Origin header", step 4: the policy hides the origin too."""
    alice, sites = browser({SHOP + "/": html("<p>Form</p>", ("Referrer-Policy", policy))})
    page = alice.navigate(SHOP)

    alice.submit(SHOP + "/pay", from_=page)
    own = header(sites.last, "Origin")
    alice.submit(IDP + "/pay", from_=page)

    assert (own, header(sites.last, "Origin")) == ORIGIN_BY_POLICY[policy]


def test_every_policy_has_a_row() -> None:
    assert set(ORIGIN_BY_POLICY) == set(POLICIES)


def test_the_policy_does_not_hide_the_origin_from_cors() -> None:
    """Fetch, "append a request Origin header", step 2: a CORS request always has it."""
    alice, sites = browser({SHOP + "/": html("", ("Referrer-Policy", "no-referrer"))})
    alice.navigate(SHOP)

    alice.fetch(API + "/tea", method="POST")

    assert header(sites.last, "Origin") == SHOP


def test_who_is_asking() -> None:
    alice, sites = browser()

    alice.navigate(SHOP)

    assert sites.last.headers[:2] == [("Host", "shop.localhost:8000"), ("User-Agent", "Authlab/alice")]


ACCEPT = {"a page": (linked, "text/html,"), "an image": (image, "image/png,"), "fetch": (cors, "*/*")}


@pytest.mark.parametrize(("act", "begins"), ACCEPT.values(), ids=ACCEPT)
def test_accept(act: Any, begins: str) -> None:
    """Fetch, "fetch", step on `Accept` by destination."""
    alice, sites = browser()

    act(alice, SHOP, SHOP)

    assert (header(sites.last, "Accept") or "").startswith(begins)
