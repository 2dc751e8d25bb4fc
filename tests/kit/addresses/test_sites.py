"""RFC 6265bis, 5.1.2, 5.2, 5.7 and 5.8.3: hosts, sites, public suffixes and secure channels, row by row."""

import subprocess
import sys
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest

from labsrv.kit.addresses.sites import host_of, is_public_suffix, registrable_domain, same_site, trustworthy


class Row(NamedTuple):
    section: str
    name: str
    ask: Callable[..., Any]
    given: tuple[str, ...]
    expected: Any


ROWS = [
    Row("5.1.2", "upper case becomes lower", host_of, ("http://SHOP.localhost/",), "shop.localhost"),
    Row("5.1.2", "a port is no part of the host", host_of, ("http://shop.localhost:8000/",), "shop.localhost"),
    Row("5.1.2", "nor is a user", host_of, ("http://alice:pw@shop.localhost/",), "shop.localhost"),
    Row(
        "5.1.2",
        "a label outside ASCII becomes an A-label",
        host_of,
        ("http://bücher.example/",),
        "xn--bcher-kva.example",
    ),
    Row(
        "5.1.2", "as browsers map it (UTS 46): ß stays ß", host_of, ("http://straße.example/",), "xn--strae-oqa.example"
    ),
    Row("5.1.2", "an A-label stays", host_of, ("http://XN--BCHER-KVA.example/",), "xn--bcher-kva.example"),
    Row("5.1.2", "a name that IDNA forbids is no host", host_of, ("http://a\u2260\u0338\ufdd0.example/",), ""),
    Row("5.1.2", "a trailing dot stays", host_of, ("http://shop.example./",), "shop.example."),
    Row("5.1.2", "IPv6 keeps its brackets", host_of, ("http://[::1]:8000/",), "[::1]"),
    Row("5.1.2", "a broken IPv6 address is no host", host_of, ("http://[::1/",), ""),
    Row("5.1.2", "an opaque origin has no host", host_of, ("null",), ""),
    Row("5.2", "same origin", same_site, ("http://shop.localhost/", "http://shop.localhost/a"), True),
    Row(
        "5.2", "another port is the same site", same_site, ("http://shop.localhost:1", "http://shop.localhost:2"), True
    ),
    Row("5.2", "another scheme is another site", same_site, ("http://shop.example/", "https://shop.example/"), False),
    Row(
        "5.2", "a name below is the same site", same_site, ("http://a.shop.localhost/", "http://shop.localhost/"), True
    ),
    Row("5.2", "two names below are", same_site, ("http://a.shop.localhost/", "http://b.shop.localhost/"), True),
    Row(
        "5.2",
        "below localhost each is a site of its own",
        same_site,
        ("http://shop.localhost", "http://idp.localhost"),
        False,
    ),
    Row("5.2", "localhost itself is another site", same_site, ("http://shop.localhost", "http://localhost"), False),
    Row("5.2", "localhost is its own site", same_site, ("http://localhost:1", "http://localhost:2"), True),
    Row("5.2", "a registrable domain under co.uk", same_site, ("https://a.tea.co.uk", "https://b.tea.co.uk"), True),
    Row("5.2", "co.uk is a public suffix", same_site, ("https://tea.co.uk", "https://coffee.co.uk"), False),
    Row(
        "5.2",
        "so is github.io, of the list's private part",
        same_site,
        ("https://a.github.io", "https://b.github.io"),
        False,
    ),
    Row("5.2", "a name under no known suffix", same_site, ("https://a.tea.shop9", "https://tea.shop9"), True),
    Row("5.2", "one IP address, two ports", same_site, ("http://127.0.0.1:1", "http://127.0.0.1:2"), True),
    Row("5.2", "two IP addresses with the same end", same_site, ("http://192.0.2.10", "http://10.0.2.10"), False),
    Row("5.2", "an IP address and its name", same_site, ("http://127.0.0.1", "http://localhost"), False),
    Row("5.2", "an opaque origin is no one's site", same_site, ("http://shop.localhost", "null"), False),
    Row("5.2", "not even its own", same_site, ("null", "null"), False),
    Row("5.2", "a data: page", same_site, ("http://shop.localhost", "data:text/html,hello"), False),
    Row("5.2", "a trailing dot is another site", same_site, ("https://tea.example.", "https://tea.example"), False),
    Row("5.2", "a trailing dot on both", same_site, ("https://a.tea.example.", "https://tea.example."), True),
    Row("5.7", "registrable domain: of a name below it", registrable_domain, ("a.b.tea.co.uk",), "tea.co.uk"),
    Row("5.7", "registrable domain: of a public suffix", registrable_domain, ("co.uk",), None),
    Row("5.7", "registrable domain: of an IP address", registrable_domain, ("192.0.2.10",), None),
    Row("5.7", "registrable domain: of an IPv6 address", registrable_domain, ("[::1]",), None),
    Row("5.7", "public suffix: com", is_public_suffix, ("com",), True),
    Row("5.7", "public suffix: localhost", is_public_suffix, ("localhost",), True),
    Row("5.7", "public suffix: with a trailing dot", is_public_suffix, ("co.uk.",), True),
    Row("5.7", "public suffix: a shop's own name", is_public_suffix, ("shop.localhost",), False),
    Row("5.7", "public suffix: an IP address", is_public_suffix, ("192.0.2.10",), False),
    Row("5.8.3", "secure channel: https", trustworthy, ("https://shop.example/",), True),
    Row("5.8.3", "secure channel: http", trustworthy, ("http://shop.example/",), False),
    Row("5.8.3", "secure channel: http to localhost, as browsers do", trustworthy, ("http://localhost:8000/",), True),
    Row("5.8.3", "secure channel: http to a name below it", trustworthy, ("http://shop.localhost/",), True),
    Row("5.8.3", "secure channel: with a trailing dot", trustworthy, ("http://shop.localhost./",), True),
    Row("5.8.3", "secure channel: a name that only ends alike", trustworthy, ("http://notlocalhost/",), False),
    Row("5.8.3", "secure channel: localhost in the middle", trustworthy, ("http://localhost.example/",), False),
    Row("5.8.3", "secure channel: 127.0.0.1", trustworthy, ("http://127.0.0.1/",), True),
    Row("5.8.3", "secure channel: the rest of 127/8", trustworthy, ("http://127.255.0.9/",), True),
    Row("5.8.3", "secure channel: 128.0.0.1", trustworthy, ("http://128.0.0.1/",), False),
    Row("5.8.3", "secure channel: [::1]", trustworthy, ("http://[::1]:8000/",), True),
    Row("5.8.3", "secure channel: [::2]", trustworthy, ("http://[::2]/",), False),
    Row("5.8.3", "secure channel: ftp", trustworthy, ("ftp://localhost/",), False),
    Row("5.8.3", "secure channel: an opaque origin", trustworthy, ("null",), False),
]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.section} {row.name}")
def test_a_comparison(row: Row):
    """Each question has the draft's answer."""
    assert row.ask(*row.given) == row.expected


def test_the_public_suffix_list_is_not_read_for_the_lab():
    """Cookies and sites below localhost never ask for the list, which takes 30 ms to read."""
    program = """
import sys
from labsrv.kit.cookies.jar import CookieJar, same_site
jar = CookieJar()
jar.receive("a=1; Domain=shop.localhost", "http://shop.localhost/")
jar.cookies_for("http://a.shop.localhost/", site_for_cookies="http://idp.localhost/")
assert not same_site("http://shop.localhost", "http://idp.localhost")
assert "publicsuffixlist" not in sys.modules
assert same_site("https://a.tea.co.uk", "https://tea.co.uk")
assert "publicsuffixlist" in sys.modules
"""
    subprocess.run([sys.executable, "-c", program], check=True)
