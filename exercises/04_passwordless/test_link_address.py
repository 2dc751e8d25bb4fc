"""Know your own address.

What `base_url` promises, by requests that say what they like.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import link_for
from labsrv.labs.passwordless.people import ask_for_link, ask_for_reset, is_logged_in, log_in_by_link

PLACE = 5
DECIDES = ("base_url",)

EVIL = "mallory.localhost:8000"
HEADERS = {
    "X-Forwarded-Host": {"X-Forwarded-Host": EVIL},
    "X-Forwarded-Host, the shop's name in it": {"X-Forwarded-Host": "shop.localhost.mallory.localhost"},
    "the shop's name, and then Mallory's": {"X-Forwarded-Host": "shop.localhost@mallory.localhost"},
    "X-Forwarded-Server": {"X-Forwarded-Server": EVIL},
    "X-Original-Host": {"X-Original-Host": EVIL, "X-Host": EVIL},
    "Forwarded": {"Forwarded": f"host={EVIL};proto=https"},
    "X-Forwarded-Proto and -Port": {"X-Forwarded-Proto": "https", "X-Forwarded-Port": "8443"},
}


def ask_with(headers, browser, shop, address):
    """Ask for somebody's link with headers of one's own."""
    browser.navigate(shop.login)
    browser.fetch(shop.ask_for_link, method="POST", body={"address": address}, headers=headers)


@promise()
def test_the_link_leads_to_the_shop(lab, shop, alice):
    """The link in Alice's mail leads to the shop."""
    ask_for_link(alice, shop)

    assert link_for(lab, alice).startswith(shop.url), "The link in the mail does not lead to the shop."


@promise()
def test_and_lets_alice_in(lab, shop, alice):
    """Alice follows it and is logged in."""
    log_in_by_link(alice, lab)

    assert is_logged_in(alice, shop), "Alice followed the link in her mail, and is not let in."


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
@pytest.mark.parametrize("headers", HEADERS.values(), ids=HEADERS)
def test_no_header_moves_the_link(lab, shop, alice, mallory, headers):
    """Whatever headers Mallory sends, the link in Alice's mail leads to the shop."""
    ask_with(headers, mallory, shop, alice.person.email)

    assert link_for(lab, alice).startswith(shop.url), "A header that Mallory wrote decides where Alice's link leads."


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
@pytest.mark.parametrize("name", ["tea", "shop.tea", "pics.shop", "teashop"])
@pytest.mark.parametrize("ask", [ask_for_link, ask_for_reset], ids=["log in", "forgot the password"])
def test_nor_does_the_host_that_was_asked_for(lab, process, shop, alice, mallory, name, ask):
    """Where the shop answers to other names as well, the link in the mail still leads to the shop."""
    elsewhere = lab.add_site(name, process.app, shop.routes)
    ask(mallory, elsewhere, alice.person.email)

    assert link_for(lab, alice).startswith(shop.url), "The name that Mallory asked for decides where the link leads."
