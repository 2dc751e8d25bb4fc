"""Tell a click from a visit.

What `is_meant` promises, by those who only look.
"""

from urllib.parse import urlencode

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import asked_cookie, link_for, token_of, use_token, write_by_hand
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, open_link, press

PLACE = 3
DECIDES = ("is_meant",)

# What somebody who only looks may write into headers: none of it is a click.
HEADERS = {
    "X-HTTP-Method-Override": "POST",
    "X-HTTP-Method": "POST",
    "X-Method-Override": "POST",
    "X-Requested-With": "XMLHttpRequest",
    "Sec-Fetch-User": "?1",
    "Sec-Fetch-Mode": "navigate",
    "Sec-Fetch-Dest": "document",
    "Sec-Fetch-Site": "same-origin",
    "Upgrade-Insecure-Requests": "1",
    "Accept": "text/html,application/xhtml+xml,*/*;q=0.8",
    "Accept-Language": "en;q=0.7",
    "Origin": "{}",
    "Referer": "{}/magic",
    "User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0",
    "Content-Type": "application/x-www-form-urlencoded",
    "Sec-GPC": "1",
    "Priority": "u=0, i",
}
LIKE_A_SCRIPT = {"Content-Type": "application/json", "Accept": "application/json", "Sec-Fetch-Mode": "cors"}
# By what some of those say that they only look.
SAYS_SO = {"Sec-Purpose": "prefetch", "Purpose": "prefetch", "X-Purpose": "preview", "X-Moz": "prefetch"}
FIELDS = {"_method": "POST", "method": "post"} | dict.fromkeys(["confirm", "confirmed", "sure", "pressed", "go"], "yes")


def headers_for(shop, browser, written, *cookies):
    """Return headers, with a browser's own User-Agent where they name none."""
    named = {"User-Agent": browser.network.agent} | {name: value.format(shop.url[:-1]) for name, value in written}
    return [*named.items(), *(("Cookie", f"{each.name}={each.value}") for each in cookies)]


def visits(lab, shop, who):
    """Yield looks at a link by their names: (address, form, headers, method); with and without the browser's cookie."""
    link = link_for(lab, who)
    longer = f"{link}&{urlencode(FIELDS)}"
    kinds = {"no header of note": [], "what fetches ahead": [*SAYS_SO.items()]}
    kinds |= {f"the header {name}": [(name, value)] for name, value in {**HEADERS, **SAYS_SO}.items()}
    kinds |= {"all that browsers send": [*HEADERS.items()], "what scripts send": [*LIKE_A_SCRIPT.items()]}
    for name, written in kinds.items():
        yield name, (link, {}, headers_for(shop, who, written, asked_cookie(who, shop)), "GET")
        yield name, (link, {}, headers_for(shop, who, written), "GET")
    for name in ("no header of note", "all that browsers send"):
        yield f"HEAD and {name}", (link, {}, headers_for(shop, who, kinds[name], asked_cookie(who, shop)), "HEAD")
        yield f"HEAD, {name} and no cookie", (link, {}, headers_for(shop, who, kinds[name]), "HEAD")
        yield f"{name} and more in the address", (longer, {}, headers_for(shop, who, kinds[name]), "GET")
    form = {"token": token_of(link)} | FIELDS
    for method in ("GET", "HEAD"):
        yield f"{method} with a form in it", (link, form, headers_for(shop, who, [], asked_cookie(who, shop)), method)


@promise()
def test_the_click_lets_alice_in(lab, shop, alice, carol):
    """Alice and Carol open their links, press the button if there is one, and are logged in."""
    for who in (alice, carol):
        ask_for_link(who, shop)
        follow(who, link_for(lab, who))
        assert is_logged_in(who, shop), "Somebody opened their link and pressed the button, and is not let in."


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
        "The rule (RFC 9110, 9.2.1): GET and HEAD are safe, so nothing is used up by them. There are others, too.",
    ],
)
def test_a_visit_uses_nothing_up(lab, shop, alice):
    """A program that looked at her link before, whatever it sends and calls itself, does not keep Alice out."""
    ask_for_link(alice, shop)
    scanner = lab.browser("scanner")
    for what, (address, form, headers, method) in visits(lab, shop, alice):
        status = write_by_hand(scanner, address, form, headers, method).status
        assert lab.db.links.find_one({}), (
            f"A program looked at Alice's link ({what}), was answered with {status}, and used it up."
        )
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
def test_fetching_ahead_is_not_logging_in(lab, shop, alice):
    """Alice's own browser, which fetches the page ahead, logs nobody in."""
    ask_for_link(alice, shop)
    for headers in ({"Sec-Purpose": "prefetch"}, {}):
        alice.fetch(link_for(lab, alice), headers=headers)
        alice.load_image(link_for(lab, alice))
        alice.load_frame(link_for(lab, alice))
        assert not is_logged_in(alice, shop), "Alice's browser fetched the page ahead, and she was logged in."
