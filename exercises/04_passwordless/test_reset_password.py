"""Believe a reset link as far as it goes.

What `reset_password` promises, by those who were there before.
"""

from functools import partial
from unicodedata import normalize
from urllib.parse import urlencode

import pytest

from labsrv.grading import promise
from labsrv.kit.lessons.races import under_way
from labsrv.labs.passwordless.attacks_on_codes import code_for
from labsrv.labs.passwordless.moves import link_for, token_of
from labsrv.labs.passwordless.people import (
    ask_for_code,
    ask_for_link,
    ask_for_reset,
    challenge,
    choose_password,
    enter_code,
    follow,
    is_logged_in,
    log_in,
    log_out,
)

PLACE = 11

# What is nearly a password, in the eyes of whoever tidies it; each text below is changed by each of them.
TIDIED = {
    "in another Unicode form (NFKC)": partial(normalize, "NFKC"),
    "in another Unicode form (NFC)": partial(normalize, "NFC"),
    "in another Unicode form (NFD)": partial(normalize, "NFD"),
    "without the blanks around it": str.strip,
    "with the blanks in it made one": lambda text: text.replace("  ", " "),
    "in small letters": str.lower,
    "in capitals": str.upper,
    "without what is not ASCII": lambda text: text.encode("ascii", "ignore").decode(),
    "cut off after 64 characters": lambda text: text[:64],
    "cut off after 72 bytes": lambda text: text.encode()[:72].decode(errors="ignore"),
}
# After which operation on the table of sessions the request is held that sets the new password.
HELD = {"after its first look at the sessions": 1, "after its second": 2, "after its third": 3}
NAMES = [
    *("user", "name", "owner", "username", "account", "login", "user_id", "userid", "uid", "id", "who", "customer"),
    *("of", "for", "_id", "sub", "user_name", "target", "as", "member"),
]
DECIDES = ("reset_password",)


def reset(lab, shop, who, password, more=None):
    """Let somebody forget their password and choose another one."""
    ask_for_reset(who, shop)
    page = choose_password(who, shop, link_for(lab, who), password, **(more or {}))
    status = page.exchanges[0].status
    assert status == 303, f"Somebody followed their link, chose another password, and was answered {status}."


def naming(somebody):
    """Return fields that name somebody, by whatever name a form may have for that."""
    return dict.fromkeys(NAMES, somebody.person.name) | dict.fromkeys(["email", "address"], somebody.person.email)


def opens(lab, who, password):
    """Tell whether a password is the one that is kept for somebody."""
    row = lab.db.users.find_one({"_id": who.person.name})
    return lab.hasher.verify(row["password_hash"], password)


def by_link(lab, shop, browser, alice):
    """Ask for Alice's link, and return what uses it later."""
    ask_for_link(browser, shop, alice.person.email)
    link = link_for(lab, alice)
    return lambda: follow(browser, link)


def by_code(lab, shop, browser, alice):
    """Ask for Alice's code, and return what enters it later."""
    ask_for_code(browser, shop, alice.person.email)
    asked, code = challenge(browser), code_for(lab, alice)
    return lambda: enter_code(browser, shop, asked, code)


@promise()
def test_alice_chooses_another_password(lab, shop, alice, draw):
    """Alice, who forgot her password, follows the link, chooses another one, and logs in with it: with every character
    of it, and with nothing else.
    """
    password = draw.password()
    reset(lab, shop, alice, password)
    log_in(alice, shop, password=password)
    assert is_logged_in(alice, shop), "Alice chose another password, and it does not let her in."

    password = f" {draw.password()}  ﬁ² Ｅe\u0301 \u00e9{draw.password()}-{draw.password()} "
    reset(lab, shop, alice, password)
    assert opens(lab, alice, password), f"Alice chose {password!r}, and it is not the password that is kept."
    for how, tidy in TIDIED.items():
        assert not opens(lab, alice, tidy(password)), f"Alice chose {password!r}, and {how} it does as well."


@promise()
def test_the_old_one_is_over(lab, shop, alice, draw):
    """The password from before lets nobody in."""
    reset(lab, shop, alice, draw.password())
    log_in(alice, shop)

    assert not is_logged_in(alice, shop), "Alice chose another password, and the old one still lets one in."


@promise()
def test_bob_is_not_concerned(lab, shop, alice, bob, draw):
    """Bob, who is logged in meanwhile and has a link on its way, stays so, and his link works; nobody's password but
    Alice's is another one.
    """
    others = {"_id": {"$ne": alice.person.name}}
    log_in(bob, shop)
    ask_for_link(bob, shop)
    link, before = link_for(lab, bob), lab.db.users.find(others)
    reset(lab, shop, alice, draw.password())
    assert is_logged_in(bob, shop), "Alice chose another password, and Bob was logged out."
    assert lab.db.users.find(others) == before, "Alice chose another password, and somebody else's account was changed."

    log_out(bob, shop)
    follow(bob, link)
    assert is_logged_in(bob, shop), "Alice chose another password, and Bob's link is over."


@promise(
    points=1,
    after=test_alice_chooses_another_password,
    asvs="6.4.3",
    cwe=640,
    hints=[
        "Mallory follows her own link, and adds a field to the form. Whose password is changed?",
        "Which parameter says whose link it was, and where does the shop have that from?",
    ],
)
def test_a_field_of_the_form_names_nobody(lab, shop, alice, mallory, draw):
    """Whomever Mallory names in the form: the password of the link's owner is changed, the owner's sessions and links
    are over, and nobody else's are.
    """
    tablet, row = lab.browser("tablet"), lab.db.users.find_one({"_id": alice.person.name})
    tablet.person = mallory.person
    for who in (alice, tablet):
        log_in(who, shop)
    for who in (alice, tablet):
        ask_for_link(who, shop)
    alices, mallorys, password = link_for(lab, alice), link_for(lab, tablet), draw.password()
    reset(lab, shop, mallory, password, naming(alice))
    assert lab.db.users.find_one({"_id": alice.person.name}) == row, (
        "Mallory followed her own link, named Alice in the form, and changed Alice's password."
    )
    assert opens(lab, mallory, password), "Mallory followed her own link, and her password was not changed."
    assert is_logged_in(alice, shop), (
        "Mallory followed her own link, named Alice in the form, and Alice was logged out."
    )
    assert not is_logged_in(tablet, shop), "Mallory named Alice in the form, and a session of her own is still open."
    follow(tablet, mallorys)
    assert not is_logged_in(tablet, shop), "Mallory named Alice in the form, and a link that she was sent still works."
    log_out(alice, shop)
    follow(alice, alices)
    assert is_logged_in(alice, shop), (
        "Mallory followed her own link, named Alice in the form, and Alice's link is over."
    )


@promise(
    points=1,
    after=test_a_field_of_the_form_names_nobody,
    asvs="6.4.3",
    cwe=640,
    hints=[
        "Alice borrows Bob's laptop, on which Bob is logged in, and follows her link there. Whose password is changed?",
        "What do a session and an address say of whose link it is?",
    ],
)
def test_neither_does_a_session_nor_the_address(lab, shop, alice, bob, mallory, draw):
    """Whoever is logged in where the link is followed, and whomever the address names: it is the password of the
    link's owner that is changed.
    """
    log_in(bob, shop)
    ask_for_reset(bob, shop, alice.person.email)
    bob.navigate(link_for(lab, alice))
    link, password = link_for(lab, alice), draw.password()
    bob.submit(f"{shop.reset}?{urlencode(naming(mallory))}", token=token_of(link), password=password)
    assert opens(lab, alice, password), (
        "Alice followed her link where Bob is logged in, the address named Mallory, and her password was not changed."
    )
    for who in (bob, mallory):
        assert not opens(lab, who, password), (
            "Alice followed her link where Bob is logged in, the address named Mallory, and another one's password "
            "was changed as well."
        )


@promise(
    points=2,
    after=test_alice_chooses_another_password,
    asvs="7.4.3",
    cwe=613,
    hints=[
        "Why does Alice choose another password? Who is logged in as Alice at that moment?",
        "What does labsrv/kit/sessions.py offer for all sessions of a user?",
    ],
)
def test_whoever_was_in_is_out(lab, shop, alice, mallory, draw):
    """Sessions from before the new password are over: Mallory's, and Alice's own on this machine and on others."""
    tablet = lab.browser("tablet")
    tablet.person = alice.person
    log_in(tablet, shop)
    mallory.submit(shop.check_password, name=alice.person.name, password=alice.person.password)
    log_in(alice, shop)
    reset(lab, shop, alice, draw.password())

    assert not is_logged_in(mallory, shop, as_=alice), "Mallory was logged in as Alice, and still is."
    for who in (tablet, alice):
        assert not is_logged_in(who, shop), "A session of Alice's from before the new password is still open."

    # She may well choose the one that it was: what matters is who was in.
    password = draw.password()
    for again in ("", " once more"):
        reset(lab, shop, alice, password)
        log_in(tablet, shop, password=password)
        assert is_logged_in(tablet, shop), f"Alice chose a password{again}, and it does not let her in."
    reset(lab, shop, alice, password)
    assert not is_logged_in(tablet, shop), "Alice chose the password that it was, and who was logged in still is."


@promise(
    points=1,
    after=test_whoever_was_in_is_out,
    asvs="7.4.3",
    cwe=367,
    hints=[
        "Mallory logs in with the old password while the new one is being set. Between which two lines of yours?",
        "In which order do you take away what opens the account, and what was opened with it?",
    ],
)
@pytest.mark.parametrize("held", HELD.values(), ids=HELD)
def test_nor_does_one_come_in_meanwhile(lab, shop, alice, mallory, draw, held, two_processes):
    """Who logs in with the old password while the new one is being set is not in when that is done."""
    ask_for_reset(alice, shop)
    link, before = link_for(lab, alice), alice.person.password
    alice.navigate(link)
    sends = partial(alice.submit, shop.reset, token=token_of(link), password=draw.password())
    with under_way(lab, sends, table="sessions", look=held):
        mallory.submit(shop.check_password, name=alice.person.name, password=before)

    assert not is_logged_in(mallory, shop, as_=alice), (
        "Mallory logged in with the old password while the new one was being set, and is still in."
    )


@promise(
    points=2,
    after=test_alice_chooses_another_password,
    asvs="6.4.3",
    cwe=613,
    hints=[
        "Mallory could read Alice's mail for a minute. What might she have asked for in that minute?",
        "One of the parameters makes void what was sent.",
    ],
)
@pytest.mark.parametrize("way_in", [by_link, by_code], ids=["a link", "a code"])
def test_what_was_sent_before_is_void(lab, shop, alice, mallory, draw, way_in):
    """A link or a code that was sent before the new password lets nobody in."""
    use_it = way_in(lab, shop, mallory, alice)
    reset(lab, shop, alice, draw.password())
    use_it()
    assert not is_logged_in(mallory, shop, as_=alice), "What was sent before the new password still lets one in."

    way_in(lab, shop, mallory, alice)()
    assert is_logged_in(mallory, shop, as_=alice), "After the new password, what Alice is sent lets nobody in any more."
