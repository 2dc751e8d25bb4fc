"""Tell a click from a visit.

What `is_meant` promises, by those who only look.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import link_for, use_token
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, open_link, press

PLACE = 3
DECIDES = ("is_meant",)

# What looks at links before people do: what it calls itself, method, headers.
VISITORS = {
    "one that says what it is": ("LinkGuard/2.1 (mail scanner; bot)", "GET", {}),
    "one that calls itself a browser": ("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0", "GET", {}),
    "one that wants the head alone": ("curl/8.5", "HEAD", {}),
    "a mail program's preview": ("Thunderbird/140.0", "GET", {"X-Purpose": "preview"}),
}


@promise()
def test_the_click_lets_alice_in(lab, shop, alice):
    """Alice opens her link, presses the button if there is one, and is logged in."""
    ask_for_link(alice, shop)
    follow(alice, link_for(lab, alice))

    assert is_logged_in(alice, shop), "Alice opened her link and pressed the button, and is not let in."


@promise()
def test_opening_it_twice_does_no_harm(lab, shop, alice, bob):
    """Bob, who opens his link twice before he presses the button, is logged in."""
    ask_for_link(bob, shop)
    for _ in range(2):
        open_link(bob, link_for(lab, bob))
    press(bob)

    assert is_logged_in(bob, shop), "Bob opened his link twice, and is not let in."


@promise()
def test_a_made_up_link_is_refused(shop, alice):
    """A token that the shop never gave out is answered with 410."""
    assert use_token(alice, shop, "made-up").status == 410, "A made-up token was not answered with 410."


@promise(
    points=3,
    after=test_the_click_lets_alice_in,
    asvs="3.5.3",
    cwe=650,
    hints=[
        "Who else opens the links of a mail, and how would you know them?",
        "What does the button's request have that a visit never has?",
        "Read RFC 9110, 9.2.1: what may be expected of GET and HEAD?",
    ],
)
@pytest.mark.parametrize(("name", "method", "headers"), VISITORS.values(), ids=VISITORS)
def test_a_visit_uses_nothing_up(lab, shop, alice, name, method, headers):
    """A program that looked at her link before, by whatever name, does not keep Alice out."""
    ask_for_link(alice, shop)
    scanner = lab.browser("scanner")
    scanner.network.agent = name
    scanner.navigate(shop.url)
    for _ in range(2):
        scanner.fetch(link_for(lab, alice), method=method, headers=headers)
    follow(alice, link_for(lab, alice))

    assert is_logged_in(alice, shop), "A program looked at Alice's link, and then it did not let her in."


@promise(
    points=2,
    after=test_the_click_lets_alice_in,
    asvs="3.5.3",
    cwe=352,
    hints=[
        "Alice opens her link, and presses nothing. Is she logged in?",
        "A link can be opened by a picture on a page as well.",
    ],
)
def test_opening_is_not_logging_in(lab, shop, alice):
    """Alice, who opened her link and pressed nothing, is not logged in."""
    ask_for_link(alice, shop)
    open_link(alice, link_for(lab, alice))

    assert not is_logged_in(alice, shop), "Alice opened her link, and was logged in before she pressed anything."


@promise(
    points=1,
    after=test_opening_is_not_logging_in,
    asvs="3.5.3",
    cwe=352,
    hints=[
        "Her own browser may fetch the page ahead. What does it send along?",
        "Can what it sends along be relied on, if some send it and others do not?",
    ],
)
@pytest.mark.parametrize("headers", [{"Sec-Purpose": "prefetch"}, {}], ids=["says so", "says nothing"])
def test_fetching_ahead_is_not_logging_in(lab, shop, alice, headers):
    """Alice's own browser, which fetches the page ahead, logs nobody in."""
    ask_for_link(alice, shop)
    alice.fetch(link_for(lab, alice), headers=headers)
    alice.load_image(link_for(lab, alice))

    assert not is_logged_in(alice, shop), "Alice's browser fetched the page ahead, and she was logged in."
