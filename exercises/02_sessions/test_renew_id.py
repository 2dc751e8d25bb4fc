"""Renew the session id at login.

What `begin_session` and `raise_privilege` promise, seen from outside: from the browsers and from the store.
"""

from dataclasses import replace

from labsrv.grading import promise
from labsrv.labs.sessions.people import confirm, is_logged_in, log_in, put_in_basket, session_cookie

PLACE = 1
DECIDES = ("begin_session", "raise_privilege")


def steal(cookie, *, by):
    """Let somebody use a cookie that they have seen."""
    by.jar.put(cookie)


@promise()
def test_alice_logs_in(shop, alice):
    """Alice logs in and sees her account."""
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice typed the right password and is not logged in."


@promise()
def test_the_basket_comes_along(shop, alice, draw):
    """What Alice put into her basket before the login is in it afterwards."""
    tea = draw.word()
    put_in_basket(alice, shop, tea)
    log_in(alice, shop)

    alice.navigate(shop.url)
    assert alice.sees(tea), "The basket was lost at the login."


@promise()
def test_alice_sees_her_card(shop, alice):
    """After typing her password once more, Alice sees her card and is still logged in."""
    log_in(alice, shop)
    page = confirm(alice, shop)

    assert page.sees("Your card"), "Alice confirmed her password and does not see her card."
    assert is_logged_in(alice, shop), "Alice was logged out by confirming her password."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="7.2.4",
    cwe=384,
    hints=[
        "Put a tea into the basket, look at the cookie, log in, look again. What should have changed?",
        "Which call of `sessions` gives a session with a new id?",
        "Read `Sessions` in labsrv/kit/sessions.py, and ASVS 7.2.4.",
    ],
)
def test_an_id_from_before_the_login_is_not_alices(shop, alice, mallory):
    """The id that Mallory noted before the login does not open Alice's account."""
    put_in_basket(alice, shop)
    steal(session_cookie(alice, shop), by=mallory)
    log_in(alice, shop)

    assert not is_logged_in(mallory, shop, as_=alice), "Mallory's note opens Alice's account."


@promise(
    points=1,
    after=test_an_id_from_before_the_login_is_not_alices,
    asvs="7.2.4",
    cwe=384,
    hints=[
        "How many rows has `sessions` after the login? Whose is each?",
        "A new session was made. What happened to the old one?",
    ],
)
def test_the_old_session_is_gone(lab, shop, alice):
    """The session from before the login no longer exists."""
    put_in_basket(alice, shop)
    before = {row["_id"] for row in lab.db.sessions.find({})}
    log_in(alice, shop)

    left = before & {row["_id"] for row in lab.db.sessions.find({})}
    assert not left, "The session from before the login is still in the store."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="7.2.1",
    cwe=384,
    hints=[
        "Mallory need not get an id from the shop: she may invent one. What becomes of it at the login?",
        "Who should choose a session's id?",
    ],
)
def test_an_invented_id_is_never_adopted(lab, shop, alice, mallory, draw):
    """An id that the shop never issued is not taken for one."""
    log_in(alice, shop)
    real = session_cookie(alice, shop)
    alice.jar.clear()
    invented = draw.word() + draw.word()
    for browser in (alice, mallory):
        browser.jar.put(replace(real, value=invented))
    log_in(alice, shop)

    assert not is_logged_in(mallory, shop, as_=alice), "The shop took an id that Mallory invented."
    assert session_cookie(alice, shop).value != invented, "The shop kept an id that it never issued."


@promise(
    points=2,
    after=test_alice_sees_her_card,
    asvs="7.2.4",
    cwe=384,
    hints=[
        "Alice is about to see her card. Who else holds an id that becomes worth more at this moment?",
        "Compare what the two functions have to promise.",
    ],
)
def test_an_id_from_before_the_confirmation_shows_no_card(shop, alice, mallory):
    """The id from before Alice confirmed her password does not show her card, and is worth nothing at all."""
    log_in(alice, shop)
    steal(session_cookie(alice, shop), by=mallory)
    confirm(alice, shop)

    assert not mallory.navigate(shop.payment).sees("Your card"), "Mallory's old id shows Alice's card."
    assert not is_logged_in(mallory, shop, as_=alice), "The id from before the confirmation still opens the account."
