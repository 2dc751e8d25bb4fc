"""Say the same to everybody who asks.

What `send_link` promises, by what strangers read.
"""

import re

import pytest
from markupsafe import escape

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import link_for, token_of
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in

PLACE = 6
DECIDES = ("send_link",)

# Addresses that belong to nobody.
NOBODY = {
    "never heard of": lambda name: "nobody@post.localhost",
    "mistyped": lambda name: f"{name}x@post.localhost",
    "another mail server": lambda name: f"{name}@mail.localhost",
    "no address at all": lambda name: name,
    "nothing": lambda name: "",
    "two addresses": lambda name: f"{name}@post.localhost,mallory@post.localhost",
    "a line too much": lambda name: f"{name}@post.localhost\nBcc: mallory@post.localhost",
}


def answer(page, address, instead):
    """Return what one reads, with another address in the place of the one that was typed."""
    text = page.text.replace("\r\n", "\n")
    return page.status, text.replace(str(escape(address)), str(escape(instead)))


@promise()
def test_the_link_lets_alice_in(lab, shop, alice):
    """Alice asks for a link, gets one mail, follows the link and is logged in."""
    ask_for_link(alice, shop)
    assert len(lab.mail.inbox(alice)) == 1, f"Alice asked once, and {len(lab.mail.inbox(alice))} mails came."

    follow(alice, link_for(lab, alice))
    assert is_logged_in(alice, shop), "Alice followed the link in her mail, and is not let in."


@promise()
def test_capital_letters_do_no_harm(lab, shop, alice):
    """Alice types her address in capitals, and the mail comes."""
    ask_for_link(alice, shop, alice.person.email.upper())

    assert len(lab.mail.inbox(alice)) == 1, "Alice typed her address in capitals, and no mail came, or several."


@promise()
def test_alice_is_told_something(shop, alice):
    """Whoever has asked reads a sentence about it."""
    page = ask_for_link(alice, shop)

    assert page.status == 200 and re.search(r'role="status">[^<]{10,}', page.text), "The page says nothing."


@promise(
    points=3,
    after=test_the_link_lets_alice_in,
    asvs="6.3.8",
    cwe=204,
    hints=[
        "Ask for a link as a customer and as a stranger. What differs on the page?",
        "Could one sentence be true of both?",
    ],
)
@pytest.mark.parametrize("made_up", NOBODY.values(), ids=NOBODY)
def test_strangers_read_what_customers_read(lab, shop, alice, mallory, made_up):
    """The answer is the same, whether or not the address is a customer's; and strangers get no mail."""
    customers, address = ask_for_link(mallory, shop, alice.person.email), made_up(alice.person.name)
    came = {name: len(lab.mail.inbox(person)) for name, person in lab.people.items()}
    strangers = mallory.submit(shop.ask_for_link, address=address)

    assert strangers.status < 500, "An address that is none breaks the shop."
    known = answer(customers, alice.person.email, instead=address)
    assert known == answer(strangers, address, instead=address), "The answer tells a customer's address from others."
    after = {name: len(lab.mail.inbox(person)) for name, person in lab.people.items()}
    assert after == came, "A mail went to somebody whose address this is not."


@promise(
    points=2,
    after=test_the_link_lets_alice_in,
    asvs="6.3.8",
    cwe=201,
    hints=["Read the whole answer of the shop, as it came over the wire.", "Who should know the token? Name them all."],
)
def test_the_answer_holds_no_link(lab, shop, alice, mallory):
    """Nothing of the link stands in the answer to the one who asks."""
    page = ask_for_link(mallory, shop, alice.person.email)
    token = token_of(link_for(lab, alice))

    assert token not in page.text + str(page.headers), "Whoever asks for Alice's link reads it, and needs no mailbox."
