"""Renew the session id at login.

What `begin_session` and `raise_privilege` promise, seen from outside: from the browsers and from the store.
"""

from dataclasses import replace

import pytest

from labsrv.grading import promise
from labsrv.labs.sessions.people import confirm, is_logged_in, log_in, log_out, put_in_basket, session_cookie

PLACE = 1
DECIDES = ("begin_session", "raise_privilege")


def steal(cookie, *, by):
    """Let somebody use a cookie that they have seen."""
    by.jar.put(cookie)


def is_asked_to_log_in(browser, shop):
    """Tell whether the account page sends this browser to the log-in page."""
    page = browser.navigate(shop.account)
    return page.exchanges[0].status == 303 and page.url.startswith(shop.login)


def parts_of(text, length):
    """Return every stretch of that length in a text."""
    return {text[start : start + length] for start in range(len(text) - length + 1)}


def come_with_a_basket(browser, shop, lab):
    """Be a stranger who has a basket."""
    put_in_basket(browser, shop)


def be_logged_in(browser, shop, lab):
    """Be logged in already."""
    log_in(browser, shop)


def have_confirmed(browser, shop, lab):
    """Be logged in already, and have typed the password again."""
    log_in(browser, shop)
    confirm(browser, shop)


def sit_where_bob_was(browser, shop, lab):
    """Use a browser in which Bob is still logged in."""
    alice, browser.person = browser.person, lab.bob.person
    log_in(browser, shop)
    browser.person = alice


# What Mallory's note was worth when she made it.
BEFORE = {
    "a stranger with a basket": come_with_a_basket,
    "Alice, logged in already": be_logged_in,
    "Alice, logged in and confirmed": have_confirmed,
    "Bob, who forgot to log out": sit_where_bob_was,
}


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
def test_alice_sees_her_card(shop, alice, draw):
    """After typing her password once more, Alice sees her card, is still logged in, and has her basket."""
    tea = draw.word()
    log_in(alice, shop)
    put_in_basket(alice, shop, tea)
    page = confirm(alice, shop)

    assert page.sees("Your card"), "Alice confirmed her password and does not see her card."
    assert is_logged_in(alice, shop), "Alice was logged out by confirming her password."
    assert alice.navigate(shop.url).sees(tea), "The basket was lost when Alice confirmed her password."


@promise()
def test_an_old_cookie_is_no_obstacle(lab, shop, alice):
    """Alice's browser still has the cookie of a session that is long over; she logs in all the same."""
    log_in(alice, shop)
    lab.db.sessions.delete_many({})
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice came with an old cookie and could not log in."


@promise()
def test_nobody_elses_session_ends(lab, shop, alice, bob, carol, draw):
    """Alice logs in on her laptop; her other devices and Carol stay logged in, and a stranger keeps his basket."""
    tea = draw.word()
    phone, tablet = lab.browser("phone"), lab.browser("tablet")
    phone.person = tablet.person = alice.person
    put_in_basket(bob, shop, tea)
    put_in_basket(alice, shop)
    log_in(phone, shop)
    log_in(carol, shop)
    log_in(alice, shop)
    log_in(tablet, shop)
    confirm(alice, shop)

    for device in (phone, tablet):
        assert is_logged_in(device, shop), "Logging in on one device logged Alice out on another."
    assert is_logged_in(carol, shop), "Alice logged in, and Carol was logged out."
    assert bob.navigate(shop.url).sees(tea), "Alice logged in, and somebody else's basket is empty."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="7.2.4",
    cwe=384,
    hints=[
        "Put a tea into the basket, look at the cookie, log in, look again. What should have changed?",
        "Which call of `sessions` gives a session with a new id?",
        "The rule (ASVS 7.2.4): a new id, and the old session ends. `Sessions` in labsrv/kit/sessions.py does both.",
    ],
)
def test_an_id_from_before_the_login_is_not_alices(shop, alice, mallory):
    """The id that Mallory noted before the login does not open Alice's account."""
    put_in_basket(alice, shop)
    note = session_cookie(alice, shop)
    steal(note, by=mallory)
    log_in(alice, shop)
    new = session_cookie(alice, shop).value

    assert new != note.value, "After the login Alice's browser still holds the id that Mallory noted."
    assert not {note.value, note.value[::-1]} & parts_of(new, len(note.value)), "The new id is made from the old one."
    assert not is_logged_in(mallory, shop, as_=alice), "Mallory's note opens Alice's account."
    assert is_asked_to_log_in(mallory, shop), "Mallory's note is not Alice's, and she is not asked to log in either."


@promise(
    points=1,
    after=test_an_id_from_before_the_login_is_not_alices,
    asvs="7.2.4",
    cwe=384,
    hints=[
        "Whose session may be there when Alice logs in? Nobody's, Bob's, her own from this morning.",
        "Log in twice in the same browser. Is the second id another one, and what became of the first?",
    ],
)
@pytest.mark.parametrize("before", BEFORE.values(), ids=BEFORE)
def test_whoever_was_there_before_it_is_a_new_id(lab, shop, alice, mallory, before):
    """So it is whoever the session belonged to before the login: a stranger, Alice herself, or Bob."""
    before(alice, shop, lab)
    note = session_cookie(alice, shop)
    steal(note, by=mallory)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice typed the right password and is not logged in."
    assert session_cookie(alice, shop).value != note.value, "After the login the browser still holds the id of before."
    assert is_asked_to_log_in(mallory, shop), "The id from before the login still opens an account."


@promise(
    points=1,
    after=test_an_id_from_before_the_login_is_not_alices,
    asvs="7.2.4",
    cwe=340,
    hints=[
        "Could Mallory work the new id out from the one that she noted, and from whose it is?",
        "Which call of `sessions` draws an id?",
    ],
)
def test_nobody_works_the_new_id_out(lab, shop, alice, restart_shop):
    """Whoever knows the id from before, whose login it was, and when, does not know the new one."""
    log_in(alice, shop)
    old, row, new = session_cookie(alice, shop), lab.db.sessions.find_one({}), []
    restart_shop(at=lab.clock.time())
    for change in (log_in, log_in, confirm, confirm):
        lab.db.sessions.replace_one({"_id": row["_id"]}, row, upsert=True)
        alice.jar.put(old)
        change(alice, shop)
        new.append(session_cookie(alice, shop).value)

    assert len({*new, old.value}) == 5, "Of one id and one moment comes the same new id every time."


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
    """An id that the shop never issued is not taken for one, nor one whose session is over, whatever they look like."""
    log_in(alice, shop)
    real = session_cookie(alice, shop)
    log_out(alice, shop)
    looks_real = "".join(draw.sample(real.value, len(real.value)))
    for invented in (draw.word(), looks_real, real.value):
        for browser in (alice, mallory):
            browser.jar.put(replace(real, value=invented))
        log_in(alice, shop)

        assert not is_logged_in(mallory, shop, as_=alice), "The shop took an id that Mallory invented."
        assert session_cookie(alice, shop).value != invented, "The shop kept an id that it never issued."
        assert is_asked_to_log_in(mallory, shop), "Mallory invented an id and is not asked to log in."


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
    """The id from before Alice confirmed her password, the first time and the second, is worth nothing at all."""
    log_in(alice, shop)
    for _ in range(2):
        note = session_cookie(alice, shop)
        steal(note, by=mallory)
        confirm(alice, shop)

        assert session_cookie(alice, shop).value != note.value, "Alice confirmed her password and has the same id."
        assert not mallory.navigate(shop.payment).sees("Your card"), "Mallory's old id shows Alice's card."
        assert not is_logged_in(mallory, shop, as_=alice), "The id from before the confirmation opens the account."
        assert is_asked_to_log_in(mallory, shop), "Mallory's old id is worth nothing, and she is not asked to log in."
