"""Let a link be finished where it was asked for.

What `from_same_browser` promises, by links that come to the wrong place.
"""

from urllib.parse import urlencode

import pytest

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import ASKED, asked_cookie, link_for, token_of, use_token, write_by_hand
from labsrv.labs.passwordless.people import (
    ask_for_link,
    ask_for_reset,
    choose_password,
    follow,
    is_logged_in,
    log_in,
    log_in_by_link,
    log_out,
    open_link,
)

PLACE = 4
DECIDES = ("from_same_browser",)

# What else somebody might call it, wherever they put it.
NAMES = [ASKED, "asked", "Asked", "__host-asked", "__Secure-asked", "browser", "cookie", "fingerprint", "nonce"]
# What the row says in the place of the fingerprint, where another one does not fit.
NEARLY = {
    "its first half": lambda known: known[:32],
    "its second half": lambda known: known[32:],
    "its first character": lambda known: known[0],
    "nothing": lambda known: "",
    "another first character": lambda known: ("b" if known[0] == "a" else "a") + known[1:],
    "another last character": lambda known: known[:-1] + ("b" if known[-1] == "a" else "a"),
    "one character more": lambda known: known + "0",
    "backwards": lambda known: known[::-1],
}


def as_headers(value):
    """Return headers that say a value."""
    names = ("X-Asked", "X-Browser", "X-Cookie", "X-CSRF-Token", "X-Requested-With", "User-Agent", "Referer")
    return [(name, value) for name in names] + [("Authorization", f"Bearer {value}")]


# Where else a request may say a value: (more of the address, fields, headers, cookies).
PLACES = {
    "a field of the form": lambda value: ({}, dict.fromkeys(NAMES, value), [], {}),
    "the address": lambda value: (dict.fromkeys(NAMES, value), {}, [], {}),
    "a header": lambda value: ({}, {}, as_headers(value), {}),
    "another cookie": lambda value: ({}, {}, [], dict.fromkeys([*NAMES[1:], "visit", "theme"], value)),
}


def finish(browser, shop, token, cookies, place, value):
    """Send the button's form with a token and a value somewhere; return the status of the answer."""
    query, fields, headers, more = PLACES[place](value)
    sent = "; ".join(f"{name}={each}" for name, each in (more | cookies).items())
    address = f"{shop.magic}?{urlencode(query)}" if query else shop.magic
    headers = [*headers, ("Cookie", sent)] if sent else headers
    return write_by_hand(browser, address, {"token": token} | fields, headers).status


@promise()
def test_alice_finishes_where_she_began(lab, shop, alice):
    """Alice asks for a link, follows it in the same browser, and is logged in."""
    log_in_by_link(alice, lab)

    assert is_logged_in(alice, shop), "Alice followed her link in the browser that asked, and is not let in."


@promise()
def test_the_train_moves_on(lab, shop, alice):
    """Alice, whose train has carried her to another network meanwhile, is logged in, and is so again the next time."""
    for address in ("198.51.100.7", "192.0.2.200"):
        ask_for_link(alice, shop)
        alice.address = alice.network.address = address
        follow(alice, link_for(lab, alice))
        assert is_logged_in(alice, shop), "Alice comes from another address by now, and is not let in."
        log_out(alice, shop)


@promise()
def test_a_made_up_link_is_refused(shop, alice):
    """A token that the shop never gave out is answered with 410."""
    ask_for_link(alice, shop)

    assert use_token(alice, shop, "made-up").status == 410, "A made-up token was not answered with 410."


@promise(
    points=2,
    after=test_alice_finishes_where_she_began,
    asvs="6.6.2",
    cwe=352,
    hints=[
        "A form on Mallory's page sends her token from Alice's browser. Which cookies come along?",
        "What is it if there is no cookie: a yes or a no?",
    ],
)
@pytest.mark.parametrize("meanwhile", ["has never been here", "is logged in"])
def test_a_page_of_mallorys_logs_nobody_in(lab, shop, alice, mallory, meanwhile):
    """A form on Mallory's page, sent by Alice's browser, does not log Alice in as Mallory."""
    if meanwhile == "is logged in":
        log_in(alice, shop)
    ask_for_link(mallory, shop)
    page = alice.submit(shop.magic, from_=lab.sites["mallory"].url, token=token_of(link_for(lab, mallory)))

    assert not is_logged_in(alice, shop, as_=mallory), "Alice is in Mallory's account, and did not ask for that."
    assert page.status == 410, f"A browser without the cookie was answered with {page.status}, and not with 410."


@promise(
    points=2,
    after=test_alice_finishes_where_she_began,
    asvs="6.6.2",
    cwe=352,
    hints=[
        "Alice has asked for a link of her own once. Which cookie does her browser have?",
        "What does the row know of the browser that asked? Compare that.",
    ],
)
def test_nor_a_link_of_mallorys_that_alice_opens(lab, shop, alice, mallory, draw):
    """A link that was asked for in one browser is of no use in another one, though people there have asked as well."""
    steps = {
        "never asked for a link": lambda: None,
        "logged in with her password": lambda: log_in(alice, shop),
        "asked for a link as well": lambda: ask_for_link(alice, shop),
    }
    for did, step in steps.items():
        step()
        ask_for_link(mallory, shop)
        open_link(alice, link_for(lab, mallory))
        use_token(alice, shop, token_of(link_for(lab, mallory)))
        assert not is_logged_in(alice, shop, as_=mallory), (
            f"Alice, who {did}, opened a link that Mallory asked for, and is Mallory."
        )

    # Whoever can read Alice's mailbox has the link, and not her browser.
    ask_for_reset(alice, shop)
    password = draw.password()
    choose_password(mallory, shop, link_for(lab, alice), password)
    mallory.submit(shop.check_password, name=alice.person.name, password=password)
    assert not is_logged_in(mallory, shop, as_=alice), (
        "Alice asked for a link to a new password, and it could be used in another browser."
    )


@promise(
    points=1,
    after=test_alice_finishes_where_she_began,
    asvs="6.6.2",
    cwe=312,
    hints=[
        "The row holds a fingerprint. What must the browser present: that, or what it is made of?",
        "Mallory has a copy of the table. What can she put into her cookie?",
        "Mallory knows the value of her own cookie. Where else in a request of Alice's browser could she write it?",
        "A page on another host below localhost can set cookies, but none whose name begins with `__Host-`.",
    ],
)
def test_what_is_stored_is_no_cookie(lab, shop, alice, mallory):
    """The cookie `__Host-asked` and nothing else tells: neither what the store holds, nor its value in another place,
    nor one whose fingerprint is nearly the row's.
    """
    ask_for_link(alice, shop)
    row = lab.db.links.find_one({})
    mallory.jar.receive(f"{ASKED}={row['browser']}; Secure; Path=/", shop.url)
    use_token(mallory, shop, token_of(link_for(lab, alice)))
    assert not is_logged_in(mallory, shop, as_=alice), "What stands in the table of links does for a cookie."

    token, cookie = token_of(link_for(lab, alice)), asked_cookie(alice, shop).value
    for what, value in {"the cookie's value": cookie, "what the table says of it": row["browser"]}.items():
        for others in ({}, {ASKED: "somebody-elses"}):
            for place in PLACES:
                lab.db.links.replace_one({"_id": row["_id"]}, row, upsert=True)
                status = finish(mallory, shop, token, others, place, value)
                assert status == 410, f"Somebody wrote {what} into {place}, and was answered {status}."

    for name, spell in NEARLY.items():
        lab.db.links.replace_one({"_id": row["_id"]}, row | {"browser": spell(row["browser"])}, upsert=True)
        status = use_token(alice, shop, token).exchanges[0].status
        assert status == 410, f"Of the cookie's fingerprint the row has {name}, and the answer was {status}."
