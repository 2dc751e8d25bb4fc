"""Believe a reset link as far as it goes.

What `reset_password` promises, by those who were there before.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.passwordless.attacks_on_codes import code_for
from labsrv.labs.passwordless.moves import link_for
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
DECIDES = ("reset_password",)


def reset(lab, shop, who, password, **more):
    """Let somebody forget their password and choose another one."""
    ask_for_reset(who, shop)
    choose_password(who, shop, link_for(lab, who), password, **more)


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
    """Alice, who forgot her password, follows the link, chooses another one, and logs in with it."""
    password = draw.password()
    reset(lab, shop, alice, password)
    log_in(alice, shop, password=password)

    assert is_logged_in(alice, shop), "Alice chose another password, and it does not let her in."


@promise()
def test_the_old_one_is_over(lab, shop, alice, draw):
    """The password from before lets nobody in."""
    reset(lab, shop, alice, draw.password())
    log_in(alice, shop)

    assert not is_logged_in(alice, shop), "Alice chose another password, and the old one still lets one in."


@promise()
def test_bob_is_not_concerned(lab, shop, alice, bob, draw):
    """Bob, who is logged in meanwhile and has a link on its way, stays so, and his link works."""
    log_in(bob, shop)
    ask_for_link(bob, shop)
    link = link_for(lab, bob)
    reset(lab, shop, alice, draw.password())
    assert is_logged_in(bob, shop), "Alice chose another password, and Bob was logged out."

    log_out(bob, shop)
    follow(bob, link)
    assert is_logged_in(bob, shop), "Alice chose another password, and Bob's link is over."


@promise(
    points=2,
    after=test_alice_chooses_another_password,
    asvs="6.4.3",
    cwe=640,
    hints=[
        "Mallory follows her own link, and adds a field to the form. Whose password is changed?",
        "Which parameter says whose link it was, and where does the shop have that from?",
    ],
)
def test_a_field_of_the_form_names_nobody(lab, shop, alice, mallory, draw):
    """Whatever names Mallory writes into the form, Alice's password stays, and her own is changed."""
    password, name = draw.password(), alice.person.name
    fields = dict.fromkeys(["user", "name", "owner", "username", "account"], name) | {"email": alice.person.email}
    reset(lab, shop, mallory, password, **fields)
    mallory.submit(shop.check_password, name=name, password=password)
    assert not is_logged_in(mallory, shop, as_=alice), "Mallory followed her own link, and changed Alice's password."

    log_in(mallory, shop, password=password)
    assert is_logged_in(mallory, shop), "Mallory followed her own link, and her password was not changed."


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
    """Sessions from before the new password are over, Alice's own on other machines as well."""
    tablet = lab.browser("tablet")
    tablet.person = alice.person
    log_in(tablet, shop)
    mallory.submit(shop.check_password, name=alice.person.name, password=alice.person.password)
    reset(lab, shop, alice, draw.password())

    assert not is_logged_in(mallory, shop, as_=alice), "Mallory was logged in as Alice, and still is."
    assert not is_logged_in(tablet, shop), "A session from before the new password is still open."


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
