"""Compare the password.

What `log_in` promises, seen from the browsers of those who type something.
"""

import pytest
from passlib.hash import ldap_hex_md5

from labsrv.grading import promise
from labsrv.labs.passwords.people import is_logged_in, log_in, stored

PLACE = 1
DECIDES = ("log_in",)

# What is nearly Alice's password.
NEARLY = {
    "in capitals": str.upper,
    "with a blank after it": lambda password: f"{password} ",
    "with a blank before it": lambda password: f" {password}",
    "without its last character": lambda password: password[:-1],
    "with one character more": lambda password: f"{password}x",
}


def is_refused(browser, shop, name, password):
    """Tell whether this name and password are answered with 401 and open nothing."""
    page = log_in(browser, shop, name=name, password=password)
    return page.exchanges[0].status == 401 and not is_logged_in(browser, shop, as_=name)


@promise()
def test_alice_and_bob_log_in(shop, alice, bob):
    """Alice and Bob type their passwords, and each sees their own account."""
    for browser in (alice, bob):
        log_in(browser, shop)
        assert is_logged_in(browser, shop), f"{browser.name.capitalize()} typed the right password and is not let in."


@promise()
def test_a_customer_of_long_ago_logs_in(lab, shop, browser, draw):
    """Somebody whose password the shop has kept in another way since long ago logs in as well."""
    name, password = draw.word(), draw.password()
    lab.db.users.insert_one(
        {"_id": name, "role": "customer", "disabled": False, "password_hash": ldap_hex_md5.hash(password)}
    )
    log_in(browser, shop, name=name, password=password)

    assert is_logged_in(browser, shop, as_=name), "A customer of long ago typed the right password and is not let in."


@promise()
def test_nobody_is_not_let_in(shop, browser, draw):
    """A name that no customer has is refused."""
    assert is_refused(browser, shop, draw.word(), draw.password()), "The shop let somebody in who does not exist."


@promise(
    points=2,
    after=test_alice_and_bob_log_in,
    asvs="6.2.8",
    cwe=304,
    hints=[
        "Log in as `alice` with a password that you make up. Which line of `log_in` should have minded?",
        "Which of the four parameters is never used?",
        "Read `KeptPasswords.verify` in labsrv/kit/kept_passwords.py, and what `User` has to give to it.",
    ],
)
def test_another_password_is_refused(shop, alice, mallory, draw):
    """Another password than Alice's is refused, and so is none."""
    name = alice.person.name
    assert is_refused(mallory, shop, name, draw.password()), "Any password opens Alice's account."
    assert is_refused(mallory, shop, name, ""), "No password at all opens Alice's account."


@promise(
    points=1,
    after=test_another_password_is_refused,
    asvs="6.2.8",
    cwe=287,
    hints=[
        "Mallory knows a password that the shop knows as well: her own. Whose account does it open?",
        "Whose hash is the typed password compared with?",
    ],
)
def test_somebody_elses_password_is_refused(shop, alice, mallory):
    """Mallory's own password does not open Alice's account."""
    own = mallory.person.password
    assert is_refused(mallory, shop, alice.person.name, own), "Mallory's password opens Alice's account."


@promise(
    points=1,
    after=test_another_password_is_refused,
    asvs="6.2.8",
    cwe=287,
    hints=[
        "What happens to the typed password before it is compared?",
        "Would two different passwords be the same to your function?",
    ],
)
@pytest.mark.parametrize("changed", NEARLY.values(), ids=NEARLY)
def test_nearly_right_is_refused(shop, alice, mallory, changed):
    """What is nearly Alice's password is not her password."""
    typed = changed(alice.person.password)
    assert is_refused(mallory, shop, alice.person.name, typed), "A password that is nearly right opens the account."


@promise(
    points=1,
    after=test_another_password_is_refused,
    asvs="6.2.8",
    cwe=836,
    hints=[
        "Mallory has read the table of users. What if she types what it says of Alice?",
        "Is anything compared with `user.password_hash` that was not hashed?",
    ],
)
def test_what_the_table_says_is_no_password(lab, shop, alice, mallory):
    """What the table of users keeps of Alice's password does not open her account."""
    kept = stored(lab, alice.person.name)
    assert is_refused(mallory, shop, alice.person.name, kept), "The stored hash itself opens Alice's account."
