"""Change a password for whoever knows the one of today.

What `change_password` promises, by those who sit at somebody's desk and those who write their own forms.
"""

import pytest

from labsrv.grading import promise
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in, stored

PLACE = 9
DECIDES = ("change_password",)

# What Mallory writes where Alice's current password belongs.
WRITTEN = {
    "a guess": lambda draw, alice, mallory, new, kept: draw.password(),
    "nothing": lambda draw, alice, mallory, new, kept: "",
    "her own password": lambda draw, alice, mallory, new, kept: mallory.person.password,
    "the new password": lambda draw, alice, mallory, new, kept: new,
    "what the table says": lambda draw, alice, mallory, new, kept: kept,
}


def lets_in(browser, shop, name, password):
    """Tell whether this name and password open the account, on a browser that was never there."""
    log_in(browser, shop, name=name, password=password)
    return is_logged_in(browser, shop, as_=name)


@promise()
def test_alice_changes_her_password(shop, alice, browser, draw):
    """Alice changes her password: the new one opens her account, the old one does not, and she stays logged in."""
    new, name = draw.password(), alice.person.name
    log_in(alice, shop)
    change_password(alice, shop, new=new)

    assert is_logged_in(alice, shop), "Alice changed her password and was logged out."
    assert not lets_in(browser, shop, name, alice.person.password), "The old password still opens the account."
    assert lets_in(browser, shop, name, new), "Alice changed her password, and the new one does not open her account."


@promise()
def test_bobs_password_is_what_it_was(shop, alice, bob, draw):
    """When Alice has changed her password, Bob logs in with his."""
    log_in(alice, shop)
    change_password(alice, shop, new=draw.password())

    assert lets_in(bob, shop, bob.person.name, bob.person.password), "Alice changed her password, and Bob's is gone."


@promise(
    points=2,
    after=test_alice_changes_her_password,
    asvs="6.2.3",
    cwe=620,
    hints=[
        "Log in as Alice, and change her password with a current one that you make up.",
        "Which field of the form does nobody look at? What is it to be compared with?",
        "Read `KeptPasswords.verify` in labsrv/kit/kept_passwords.py.",
    ],
)
@pytest.mark.parametrize("written", WRITTEN.values(), ids=WRITTEN)
def test_the_current_password_is_asked_for(lab, shop, alice, mallory, draw, written):
    """Whoever does not know Alice's current password is answered 403, and nothing is changed."""
    new, name = draw.password(), alice.person.name
    log_in(alice, shop)
    before = stored(lab, name)
    page = change_password(alice, shop, new=new, current=written(draw, alice, mallory, new, before))

    assert not lets_in(mallory, shop, name, new), "Mallory chose a password for Alice, and it opens the account."
    assert stored(lab, name) == before, "The change was refused, and what the table keeps has changed."
    assert page.exchanges[0].status == 403, "Somebody who does not know the current password was not refused."


@promise(
    points=2,
    after=test_alice_changes_her_password,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "Log in as Mallory and send the form with Alice's name in it. Whose password is changed?",
        "Two things tell the shop a name: the form and the session. Which of them can Mallory write?",
    ],
)
def test_nobody_elses_password_is_changed(lab, shop, alice, mallory, draw):
    """Whatever name the form says, nobody else's password is changed."""
    new, name = draw.password(), alice.person.name
    log_in(mallory, shop)
    before = stored(lab, name)
    mallory.navigate(shop.password)
    mallory.submit(shop.change_password, name=name, current=mallory.person.password, new=new)

    assert stored(lab, name) == before, "Mallory wrote Alice's name into the form and changed Alice's password."


@promise(
    points=1,
    after=test_nobody_elses_password_is_changed,
    asvs="8.2.2",
    cwe=639,
    hints=[
        "Mallory has guessed Alice's password. The shop counts guesses: at whose account, if she asks here?",
        "With whose password is the current one compared?",
    ],
)
def test_nor_is_it_compared(lab, shop, alice, mallory, draw):
    """Mallory's form is no place to try Alice's password: the right one is no better there than any other."""
    log_in(mallory, shop)
    statuses = []
    for current in (alice.person.password, draw.password()):
        mallory.navigate(shop.password)
        page = mallory.submit(shop.change_password, name=alice.person.name, current=current, new=draw.password())
        statuses.append(page.exchanges[0].status)

    assert statuses == [403, 403], "The answer to Mallory's form tells whether she has guessed Alice's password."
