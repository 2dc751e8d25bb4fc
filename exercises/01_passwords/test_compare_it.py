"""Compare the password.

What `log_in` promises, seen by those who type something. Most of it is sent by hand: a browser would tidy up some of
what Mallory types.
"""

import unicodedata

import pytest
from passlib.hash import argon2, ldap_hex_md5, ldap_salted_sha256, roundup_plaintext

from labsrv.grading import promise
from labsrv.labs.passwords.moves import write_by_hand
from labsrv.labs.passwords.people import is_logged_in, log_in, stored

PLACE = 1
DECIDES = ("log_in",)

# How the shop has kept passwords over the years.
KEPT = {
    "as it was typed": roundup_plaintext.hash,
    "as MD5": ldap_hex_md5.hash,
    "as salted SHA-256": ldap_salted_sha256.hash,
    "as argon2id at another cost": argon2.using(type="ID", memory_cost=16, rounds=2, parallelism=1).hash,
}

# What is nearly the password, which has letters, signs and digits of many kinds in it.
NEARLY = {
    "in capitals": str.upper,
    "in small letters": str.lower,
    "with small letters for capitals": str.swapcase,
    "with a capital at its beginning": lambda password: password[0].upper() + password[1:],
    "in folded letters": str.casefold,
    "with a blank after it": lambda password: f"{password} ",
    "with a blank before it": lambda password: f" {password}",
    "with a line end after it": lambda password: f"{password}\n",
    "with two characters of a line end": lambda password: f"{password}\r\n",
    "with a zero byte after it": lambda password: f"{password}\0",
    "with one blank for two": lambda password: password.replace("  ", " "),
    "without its first character": lambda password: password[1:],
    "without its last character": lambda password: password[:-1],
    "with another last character": lambda password: f"{password[:-1]}x",
    "with one character more": lambda password: f"{password}x",
    "without its accents": lambda password: password.replace("é", "e"),
    "with plain digits and letters": lambda password: unicodedata.normalize("NFKC", password),
    "backwards": lambda password: password[::-1],
}
LENGTHS = (8, 16, 64, 72, 128, 256)


def choose(lab, browser, password, how=None):
    """Let somebody have this password from now on."""
    browser.person.password = password
    keep(lab, browser.person.name, (how or lab.hasher.hash)(password))


def keep(lab, name, kept):
    """Keep this of somebody's password."""
    lab.db.users.update_one({"_id": name}, {"$set": {"password_hash": kept}})


def typed(lab, browser, shop, name, password):
    """Send name and password, as if nobody had guessed before; return the status of the answer."""
    lab.db.attempts.delete_many({})
    return write_by_hand(browser, shop.check_login, {"name": name, "password": password}).status


@promise()
def test_alice_and_bob_log_in(shop, alice, bob, carol):
    """Alice and Bob type their passwords, and so does Carol: each sees their own account."""
    for browser in (alice, bob, carol):
        log_in(browser, shop)
        assert is_logged_in(browser, shop), f"{browser.name.capitalize()} typed the right password and is not let in."


@promise()
def test_a_customer_of_long_ago_logs_in(lab, shop, browser, draw):
    """Somebody whose password the shop has kept in another way since long ago logs in as well, whatever it is like."""
    for how, kept in KEPT.items():
        name, password = draw.word().capitalize(), f"{draw.password()}  Süß ﬁ２"
        lab.db.users.insert_one({"_id": name, "role": "customer", "disabled": False, "password_hash": kept(password)})
        answer = typed(lab, browser, shop, name, password)
        assert answer == 303, f"A customer whose password was kept {how} typed the right one and is not let in."


@promise()
def test_a_long_password_logs_in(lab, shop, alice, draw):
    """A password of a thousand characters opens its owner's account."""
    choose(lab, alice, (draw.password() * 100)[:1000])
    assert typed(lab, alice, shop, alice.person.name, alice.person.password) == 303, "A long password is not let in."


@promise()
def test_nobody_is_not_let_in(lab, shop, browser, draw):
    """A name that no customer has is refused."""
    for name in (draw.word(), ""):
        answer = typed(lab, browser, shop, name, draw.password())
        assert answer == 401, f"Somebody who does not exist was answered {answer}, and not refused."


@promise(
    points=2,
    after=test_alice_and_bob_log_in,
    asvs="6.2.8",
    cwe=304,
    hints=[
        "Log in as `alice` with a password that you make up. Which line of `log_in` should have minded?",
        "Which of the four parameters is never used?",
        "Is it the password that decides, for everybody, and each time? Try Carol, and the same wrong one twice.",
        "Read `KeptPasswords.verify` in labsrv/kit/kept_passwords.py, and what `User` has to give to it.",
    ],
)
def test_another_password_is_refused(lab, shop, alice, bob, carol, mallory, draw):
    """Another password than the account's is refused, whoever's it is and however often it comes; and so is none."""
    name, before = alice.person.name, alice.person.password
    wrong = draw.password()
    assert typed(lab, mallory, shop, name, wrong) == 401, "Any password opens Alice's account."
    assert typed(lab, mallory, shop, name, "") == 401, "No password at all opens Alice's account."
    assert typed(lab, mallory, shop, name, wrong) == 401, "A wrong password opens the account when it comes again."
    for many in (1, 7, 14, 200):
        answer = typed(lab, mallory, shop, name, "x" * many)
        assert answer == 401, f"A wrong password of {many} characters was answered {answer}, and not refused."

    assert typed(lab, alice, shop, name, before) == 303, "After wrong ones Alice's own password opens nothing."
    assert typed(lab, mallory, shop, name, wrong) == 401, "Once Alice has logged in, any password opens her account."
    choose(lab, alice, draw.password())
    assert typed(lab, mallory, shop, name, before) == 401, "A password that Alice gave up opens her account."

    assert typed(lab, mallory, shop, carol.person.name, wrong) == 401, "Any password opens the account of Carol of HR."
    for how, kept in KEPT.items():
        choose(lab, bob, draw.password(), kept)
        answer = typed(lab, mallory, shop, bob.person.name, wrong)
        assert answer == 401, f"Any password opens an account whose password was kept {how}."
    lab.db.users.update_one({"_id": bob.person.name}, {"$set": {"disabled": True}})
    assert typed(lab, mallory, shop, bob.person.name, wrong) == 401, "Any password opens an account that was closed."


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
def test_somebody_elses_password_is_refused(lab, shop, alice, bob, mallory):
    """Mallory's own password does not open Alice's account, and Bob's does not, nor what the shop says openly."""
    name = alice.person.name
    for password in (mallory.person.password, bob.person.password):
        assert typed(lab, mallory, shop, name, password) == 401, "Somebody else's password opens Alice's account."
    for known in (name, alice.person.role):
        assert typed(lab, mallory, shop, name, known) == 401, f"{known!r} is no secret, and opens Alice's account."


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
def test_nearly_right_is_refused(lab, shop, alice, mallory, draw):
    """What is nearly Alice's password is not her password."""
    for own in (alice.person.password, f"ab{draw.word()}  Straße ﬁve é２ {draw.word()}"):
        choose(lab, alice, own)
        for how, near in {how: change(own) for how, change in NEARLY.items()}.items():
            answer = 401 if near == own else typed(lab, mallory, shop, alice.person.name, near)
            assert answer == 401, f"{how.capitalize()}, Alice's password was answered {answer}, and not refused."
    choose(lab, alice, f"  {draw.password()} ")
    answer = typed(lab, alice, shop, alice.person.name, alice.person.password)
    assert answer == 303, f"With blanks at its ends, Alice's own password was answered {answer}."
    for many in LENGTHS:
        choose(lab, alice, (draw.password() * 10)[:many])
        answer = typed(lab, mallory, shop, alice.person.name, f"{alice.person.password}x")
        assert answer == 401, f"Of a password nothing counts after its first {many} characters."


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
@pytest.mark.parametrize("kept", [None, "as it was typed", "as MD5"], ids=["as of today", "as it was typed", "as MD5"])
def test_what_the_table_says_is_no_password(lab, shop, alice, mallory, kept):
    """What the table of users keeps of Alice's password does not open her account, nor does part of it."""
    if kept:
        choose(lab, alice, alice.person.password, KEPT[kept])
    row = stored(lab, alice.person.name)
    parts = {row, row[1:], row[:-1], row.rpartition("$")[2], row.rpartition("}")[2], row[-16:], row[:9]}
    for part in sorted(parts - {alice.person.password}):
        answer = typed(lab, mallory, shop, alice.person.name, part)
        assert answer == 401, "What stands in the table, typed as it is, opens Alice's account."
