"""Give strangers the same answer.

What `log_in` promises to those whom it refuses: what they read, and how much is hashed for them.
"""

import pytest
from passlib.hash import ldap_hex_md5

from labsrv.grading import promise
from labsrv.labs.passwords.people import is_logged_in, log_in

PLACE = 6
DECIDES = ("log_in",)
CHANGING = {"date", "content-length"}


def close_account(lab, name):
    """Close somebody's account without deleting it."""
    lab.db.users.update_one({"_id": name}, {"$set": {"disabled": True}})


def answer(browser, shop, name, password):
    """Return what a visitor can tell one refusal from another by."""
    page = log_in(browser, shop, name=name, password=password)
    headers = sorted((key, value) for key, value in page.headers.items() if key.lower() not in CHANGING)
    return page.exchanges[0].status, page.text, headers


def work(lab, browser, shop, name, password):
    """Return how many hashes the shop made for a login."""
    before = lab.hasher.calls
    log_in(browser, shop, name=name, password=password)
    return lab.hasher.calls - before


@promise()
def test_alice_logs_in(shop, alice):
    """Alice types the right password and is let in."""
    log_in(alice, shop)
    assert is_logged_in(alice, shop), "Alice typed the right password and is not let in."


@promise()
def test_others_are_refused(lab, shop, alice, bob, browser, draw):
    """A wrong password, a name that nobody has, and a closed account are refused."""
    close_account(lab, bob.person.name)
    tries = [
        (alice.person.name, draw.password()),
        (draw.word(), draw.password()),
        (bob.person.name, bob.person.password),
    ]
    for name, password in tries:
        status, _, _ = answer(browser, shop, name, password)
        assert status == 401, "Somebody was let in who should not be."


@promise(
    points=2,
    after=test_others_are_refused,
    asvs="6.3.8",
    cwe=204,
    hints=[
        "Log in as `alice` and as a stranger with the same wrong password. What differs on the wire?",
        "Could one sentence be true of both failures?",
    ],
)
def test_strangers_read_the_same_words(shop, alice, browser, draw):
    """A stranger reads the same answer as a customer who mistyped."""
    wrong = draw.password()
    mistyped = answer(browser, shop, alice.person.name, wrong)

    assert answer(browser, shop, draw.word(), wrong) == mistyped, "The answer tells real names from invented ones."
    assert answer(browser, shop, "", wrong) == mistyped, "Without a name the answer is another one."


@promise(
    points=1,
    after=test_strangers_read_the_same_words,
    asvs="6.3.8",
    cwe=204,
    hints=[
        "Somebody's account was closed. What do they read, with the wrong password and with the right one?",
        "How many sentences does your function know?",
    ],
)
def test_a_closed_account_reads_the_same(lab, shop, alice, bob, browser, draw):
    """An account that was closed reads like any other, with a wrong password and with the right one."""
    close_account(lab, bob.person.name)
    mistyped = answer(browser, shop, alice.person.name, draw.password())
    for password in (draw.password(), bob.person.password):
        assert answer(browser, shop, bob.person.name, password) == mistyped, "The answer tells closed accounts apart."


@promise(
    points=2,
    after=test_others_are_refused,
    asvs="6.3.8",
    cwe=208,
    hints=[
        "Count: how many times does the shop hash for a customer who mistyped, and how often for a stranger?",
        "What could a stranger's password be compared with, so that it costs the same and never matches?",
        "Read what `KeptPasswords` has besides its functions, in labsrv/kit/kept_passwords.py.",
    ],
)
def test_strangers_cost_the_same_work(lab, shop, alice, browser, draw):
    """For a stranger the shop works as much as for a customer who mistyped."""
    wrong = draw.password()
    mistyped = work(lab, browser, shop, alice.person.name, wrong)

    assert mistyped >= 1, "Nothing was hashed for Alice."
    assert work(lab, browser, shop, draw.word(), wrong) == mistyped, "A stranger is answered sooner, or later."


@promise(
    points=1,
    after=test_strangers_cost_the_same_work,
    asvs="6.3.8",
    cwe=208,
    hints=[
        "In which order do you ask: is the account closed, is the password right?",
        "Decide last. What may stand before the hash?",
    ],
)
@pytest.mark.parametrize("old", [False, True], ids=["a closed account", "a customer of long ago"])
def test_so_does_everybody_else(lab, shop, alice, bob, browser, draw, old):
    """So it does for a closed account, and for one whose password is kept in an old way."""
    mistyped = work(lab, browser, shop, alice.person.name, draw.password())
    if old:
        kept = ldap_hex_md5.hash(bob.person.password)
        lab.db.users.update_one({"_id": bob.person.name}, {"$set": {"password_hash": kept}})
    else:
        close_account(lab, bob.person.name)

    for password in (draw.password(),) if old else (draw.password(), bob.person.password):
        cost = work(lab, browser, shop, bob.person.name, password)
        assert cost == mistyped, "The time of the answer tells which account it is."
