"""Say the same to everybody who asks.

What `send_link` promises, by what strangers read.
"""

import base64
import re

import pytest
from markupsafe import escape

from labsrv.grading import promise
from labsrv.labs.passwordless.moves import link_for, token_of
from labsrv.labs.passwordless.people import ask_for_link, follow, is_logged_in, log_out

PLACE = 6
DECIDES = ("send_link",)

# Addresses that belong to nobody, made of a customer's name or of a drawn word.
NOBODY = {
    "never heard of": lambda name, word: f"{word}@post.localhost",
    "mistyped": lambda name, word: f"{name}{word[-1]}@post.localhost",
    "mistyped at its beginning": lambda name, word: f"{word[-1]}{name}@post.localhost",
    "another mail server": lambda name, word: f"{name}@{word}.localhost",
    "no address at all": lambda name, word: name,
    "a word": lambda name, word: word,
    "nothing": lambda name, word: "",
    "two addresses": lambda name, word: f"{name}@post.localhost,mallory@post.localhost",
    "a line too much": lambda name, word: f"{name}@post.localhost\nBcc: mallory@post.localhost",
    "very long": lambda name, word: f"{word * 40}@post.localhost",
}
RUN = 8  # characters of a token: nobody meets them in another text by chance


def answer(page, address, instead):
    """Return all that one reads, with another address in the place of the one that was typed."""
    text = page.text.replace("\r\n", "\n")
    typed = [re.escape(str(escape(each))) for each in (address, " ".join(address.split()), address.lower()) if each]
    text = re.sub("|".join(typed), lambda _: str(escape(instead)), text) if typed else text
    headers = [(name, value) for name, value in page.headers.items() if name not in ("Content-Length", "Date")]
    return page.status, headers, text


def what_differs(customers, strangers):
    """Return in which of status, headers and text two answers differ, or ""."""
    parts = ("its status", "its headers", "its words")
    return next((name for name, one, other in zip(parts, customers, strangers, strict=True) if one != other), "")


def traces(token):
    """Yield what a token looks like that can be read, whole or in part."""
    for spelt in (token, token[::-1], token.encode().hex(), *(b64(token, at) for at in range(3))):
        for at in range(len(spelt) - RUN + 1):
            yield spelt[at : at + RUN].casefold()


def b64(text, before):
    """Return a text in base64, as it looks behind so many other bytes."""
    return base64.b64encode(b" " * before + text.encode()).decode().rstrip("=")[-(-before * 4 // 3) :]


def compact(text):
    """Return a text without what somebody may have put between its letters."""
    return re.sub(r"[\s.,:;|]|&nbsp;|&#\d+;", "", text).casefold()


@promise()
def test_the_link_lets_alice_in(lab, shop, alice):
    """Alice asks for a link, gets one mail, follows the link and is logged in, again and again."""
    for time in range(1, 4):
        ask_for_link(alice, shop)
        came = len(lab.mail.inbox(alice))
        assert came == time, f"Alice asked, number {time} of her requests, and {came} mails have come so far."

        follow(alice, link_for(lab, alice))
        assert is_logged_in(alice, shop), "Alice followed the link in her mail, and is not let in."
        log_out(alice, shop)


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
@pytest.mark.parametrize("page", ["ask_for_link", "ask_for_reset"], ids=["log in", "forgot the password"])
def test_strangers_read_what_customers_read(lab, shop, alice, bob, mallory, draw, page):
    """The answer is the same, whether or not the address is a customer's, the first time and later; and strangers get
    no mail.
    """
    where = getattr(shop, page)
    mallory.navigate(shop.login)
    mallory.submit(where, address=mallory.person.email)  # From now on this browser has its cookie.
    name, typed = alice.person.name, alice.person.email
    customers = [typed, typed, bob.person.email.upper(), typed]
    pages = [mallory.submit(where, address=each) for each in customers]
    read = [answer(page, each, "") for page, each in zip(pages, customers, strict=True)]
    for again, each in zip(read[1:], customers[1:], strict=True):
        told = what_differs(read[0], again)
        assert not told, f"For a customer's address, {each}, that is typed later, the answer differs: {told}."

    for what, made_up in NOBODY.items():
        lab.db.attempts.delete_many({})
        came, address = sum(len(lab.mail.inbox(each)) for each in lab.people.values()), made_up(name, draw.word())
        for _ in range(2):
            strangers = mallory.submit(where, address=address)
            assert strangers.status < 500, f"An address that is none ({what}) breaks the shop."
            told = what_differs(answer(pages[0], typed, address), answer(strangers, address, address))
            assert not told, f"The answer tells a customer's address from others ({what}): {told}."
        after = sum(len(lab.mail.inbox(each)) for each in lab.people.values())
        assert after == came, f"{address[:40]!r} was typed, and a mail went to somebody whose address that is not."


@promise(
    points=2,
    after=test_the_link_lets_alice_in,
    asvs="6.3.8",
    cwe=201,
    hints=["Read the whole answer of the shop, as it came over the wire.", "Who should know the token? Name them all."],
)
def test_the_answer_holds_no_link(lab, shop, alice, mallory, draw):
    """Nothing of the link stands in the answer to the one who asks."""
    known = compact(ask_for_link(mallory, shop, f"{draw.word()}@post.localhost").text)
    page = ask_for_link(mallory, shop, alice.person.email)
    token, read = token_of(link_for(lab, alice)), compact(page.text + str(page.headers))

    found = [trace for trace in traces(token) if trace in read and trace not in known]
    assert not found, f"Whoever asks for Alice's link reads a part of it, {found[0]!r}, and needs no mailbox."
