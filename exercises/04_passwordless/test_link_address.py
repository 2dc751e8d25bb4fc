"""Know your own address.

What `base_url` promises, by requests that say what they like.
"""

from functools import partial
from urllib.parse import urlencode

import pytest

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import link_for, token_of, write_by_hand
from labsrv.labs.passwordless.people import (
    ask_for_link,
    ask_for_reset,
    choose_password,
    follow,
    is_logged_in,
    log_in,
)

PLACE = 5
DECIDES = ("base_url",)

# Hosts that are not the shop's; {} is a word that nobody could have expected, {shop} the shop's host, {port} its port,
# {other} another one.
HOSTS = {
    "another host": "{}.localhost:{port}",
    "a host elsewhere": "{}.example",
    "a number": "192.0.2.66:{port}",
    "the shop's name before it": "{shop}.{}.example",
    "the shop's name in the login": "{shop}@{}.localhost:{port}",
    "the shop's name behind it": "{}{shop}:{port}",
    "a host below the shop": "{}.{shop}:{port}",
    "another port": "{shop}:{other}",
    "two of them": "{shop}:{port}, {}.localhost:{port}",
    "a path": "{shop}:{port}/{}",
}
HEADERS = {
    "X-Forwarded-Host": ("{}",),
    "X-Forwarded-Server": ("{}",),
    "X-Original-Host": ("{}",),
    "X-Host": ("{}",),
    "X-Real-Host": ("{}",),
    "X-HTTP-Host-Override": ("{}",),
    "X-Forwarded": ("host={}",),
    "Forwarded": ("host={}", "host={};proto=https", 'host="{}"'),
    "X-Original-URL": ("http://{}/login", "/{}"),
    "X-Rewrite-URL": ("http://{}/login",),
    "X-Forwarded-Proto": ("https", "http://{}/?"),
    "X-Forwarded-Scheme": ("https",),
    "X-Scheme": ("https",),
    "X-Url-Scheme": ("https",),
    "X-Forwarded-Ssl": ("on",),
    "Front-End-Https": ("on",),
    "X-Forwarded-Port": ("8443",),
    "X-Forwarded-Prefix": ("/{}", "@{}", ".{}"),
    "X-Script-Name": ("/{}",),
    "X-Forwarded-For": ("{}",),
    "X-Base-Url": ("http://{}",),
    "Origin": ("http://{}",),
    "Referer": ("http://{}/", "http://{}/login"),
    "From": ("somebody@{}",),
    "Via": ("1.1 {}",),
    "User-Agent": ("{}",),
    "Cookie": ("host={0}; base_url=http://{0}; next=http://{0}; __Host-host={0}",),
}
FIELDS = [
    "host",
    "base",
    "base_url",
    "url",
    "origin",
    "site",
    "server",
    "domain",
    "next",
    "redirect",
    "return_to",
    "to",
]


@pytest.fixture
def hosts(shop, draw):
    """Hosts that are not the shop's, by what they are like."""
    name, port = shop.url.removeprefix("http://").strip("/").rsplit(":", 1)
    return {what: each.format(draw.word(), shop=name, port=port, other=int(port) - 1) for what, each in HOSTS.items()}


def is_the_shops(link, address):
    """Tell whether a link is a page of the shop with a token, and nothing else."""
    return link == f"{address}?{urlencode({'token': token_of(link)})}"


def moved(lab, whom, address, ask, requests):
    """Send requests, and return how the first of them was written that moved a link for somebody, and that link.

    Whoever turns such a request away sends none.
    """
    for how, request in requests.items():
        lab.db.attempts.delete_many({})
        ask(*request)
        for mail in lab.mail.inbox(whom)[-1:]:
            link = str(mail.links[0]) if mail.links else "no address of a page"
            if not is_the_shops(link, address):
                return how, link[:100]
    return None


@promise()
def test_the_link_leads_to_the_shop(lab, shop, alice):
    """The link in Alice's mail leads to the shop."""
    ask_for_link(alice, shop)
    link = link_for(lab, alice)

    assert is_the_shops(link, shop.magic), f"The link in the mail is {link}, and the shop's page is {shop.magic}."


@promise()
def test_and_lets_alice_in(lab, shop, alice, bob, draw):
    """Alice follows it and is logged in; so does Bob, who forgot his password, and chooses another one."""
    ask_for_link(alice, shop)
    ask_for_reset(bob, shop)
    for who, page in ((alice, shop.magic), (bob, shop.new_password)):
        link = link_for(lab, who)
        assert is_the_shops(link, page), f"The link in the mail is {link}, and the shop's page is {page}."

    follow(alice, link_for(lab, alice))
    assert is_logged_in(alice, shop), "Alice followed the link in her mail, and is not let in."

    password = draw.password()
    choose_password(bob, shop, link_for(lab, bob), password)
    log_in(bob, shop, password=password)
    assert is_logged_in(bob, shop), "Bob followed the link to another password, and can't log in with it."


@promise(
    points=2,
    after=test_the_link_leads_to_the_shop,
    asvs="4.1.3",
    cwe=644,
    hints=[
        "Who writes the headers of a request? There is no proxy in front of this shop.",
        "Is there anything in a request that Mallory could not have written?",
        "Which parameter does not come from the request?",
    ],
)
def test_no_header_moves_the_link(lab, shop, alice, mallory, hosts):
    """Whatever Mallory writes into headers, cookies, fields and the address, the link in Alice's mail leads to the
    shop.
    """
    form, requests, one_by_one = {"address": alice.person.email}, {}, {}
    for number, (what, host) in enumerate(hosts.items()):
        headers = [(name, values[number % len(values)].format(host)) for name, values in HEADERS.items()]
        requests[f"{host} ({what}) into a header"] = (shop.ask_for_link, form, [("X-Forwarded-Host", host)])
        requests[f"{host} ({what}) into all headers"] = (shop.ask_for_link, form, headers)
        one_by_one |= {f"{name}: {value}": (shop.ask_for_link, form, [(name, value)]) for name, value in headers}
    for written in (dict.fromkeys(FIELDS, start + hosts["another host"]) for start in ("", "http://")):
        requests[f"{written['host']} into other fields"] = (shop.ask_for_link, form | written)
        requests[f"{written['host']} into the address"] = (f"{shop.ask_for_link}?{urlencode(written)}", form)

    found = moved(lab, alice, shop.magic, partial(write_by_hand, mallory), requests)
    if found and "all headers" in found[0]:
        found = moved(lab, alice, shop.magic, partial(write_by_hand, mallory), one_by_one) or found
    assert not found, f"Mallory wrote {found[0]}; Alice's link is {found[1]}."


@promise(
    points=2,
    after=test_the_link_leads_to_the_shop,
    asvs="4.1.3",
    cwe=640,
    hints=[
        "A server that answers whatever name it is asked for is a usual one. What does `request.host` say then?",
        "The shop has one address. Where is it written down?",
    ],
)
@pytest.mark.parametrize("page", ["magic", "new_password"], ids=["log in", "forgot the password"])
def test_nor_does_the_host_that_was_asked_for(lab, process, shop, alice, mallory, hosts, page):
    """Where the shop answers to other names as well, the link in the mail still leads to the shop."""
    form, requests = {"address": alice.person.email}, {}
    ask = shop.ask_for_link if page == "magic" else shop.ask_for_reset
    for what, host in hosts.items():
        lab.front.sites[host.lower()] = ("shop", process.app)
        said = [("X-Forwarded-Host", host), ("Origin", f"http://{host}"), ("Referer", f"http://{host}/")]
        requests[f"{host} ({what})"] = (ask, form, [("Host", host)])
        if page == "magic":
            requests[f"{host} ({what}), and said so in headers"] = (ask, form, [("Host", host), *said])

    found = moved(lab, alice, getattr(shop, page), partial(write_by_hand, mallory), requests)
    assert not found, f"Mallory asked for {found[0]}; Alice's link is {found[1]}."
