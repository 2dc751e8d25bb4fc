"""Bring old hashes up to date when their owner comes by.

What `upgrade` promises, seen from the table of users. A login is held right after one of its looks into that table, so
that the race comes out the same in every run.
"""

import pytest
from passlib.hash import argon2, ldap_hex_md5, ldap_salted_sha256, roundup_plaintext

from labsrv.grading import promise
from labsrv.kit.lessons.races import under_way
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in, log_out, stored

PLACE = 3
DECIDES = ("upgrade",)

OTHER_COST = argon2.using(type="ID", memory_cost=16, rounds=2, parallelism=1)

# How the shop has kept passwords over the years.
KEPT = {
    "as it was typed": roundup_plaintext.hash,
    "as MD5": ldap_hex_md5.hash,
    "as salted SHA-256": ldap_salted_sha256.hash,
    "as argon2id at another cost": OTHER_COST.hash,
}
LOOKS = {"after its first look": 1, "after its second look": 2, "after its third look": 3}


def keep(lab, browser, how):
    """Keep somebody's password as it was kept then, and return that."""
    kept = how(browser.person.password)
    lab.db.users.update_one({"_id": browser.person.name}, {"$set": {"password_hash": kept}})
    return kept


@promise()
@pytest.mark.parametrize("how", KEPT.values(), ids=KEPT)
def test_alice_logs_in(lab, shop, alice, how):
    """Alice logs in, however her password was kept."""
    keep(lab, alice, how)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice typed the right password and is not let in."


@promise()
def test_nobody_else_notices(lab, shop, alice, bob):
    """When Alice has logged in, Bob's password is what it was."""
    keep(lab, alice, ldap_hex_md5.hash)
    log_in(alice, shop)
    log_in(bob, shop)

    assert is_logged_in(bob, shop), "Alice logged in, and Bob no longer can."


@promise(
    points=2,
    after=test_alice_logs_in,
    asvs="11.4.2",
    cwe=916,
    hints=[
        "Log in as Victor, and look at his row in the table of users before and after.",
        "Who can tell whether a row is kept as one would keep it today? Ask `passwords`.",
        "Read `KeptPasswords.needs_rehash` and `KeptPasswords.hash` in labsrv/kit/kept_passwords.py.",
    ],
)
@pytest.mark.parametrize("how", KEPT.values(), ids=KEPT)
def test_an_old_row_is_renewed(lab, shop, alice, how):
    """After a login the row is as the shop would make it today."""
    kept = keep(lab, alice, how)
    log_in(alice, shop)
    row = stored(lab, alice.person.name)

    assert row != kept, "Alice has logged in, and her password is kept as it was long ago."
    assert row.startswith("$argon2id$") and not lab.hasher.needs_rehash(row), "The new row is not made as of today."


@promise(
    points=1,
    after=test_an_old_row_is_renewed,
    asvs="11.4.2",
    cwe=916,
    hints=["The row was renewed. Which password does it belong to now?", "What exactly did you hash?"],
)
def test_alice_logs_in_again(lab, shop, alice):
    """The next day Alice logs in with the same password."""
    keep(lab, alice, ldap_hex_md5.hash)
    log_in(alice, shop)
    log_out(alice, shop)
    log_in(alice, shop)

    assert is_logged_in(alice, shop), "Alice's row was renewed, and her password no longer opens her account."


@promise(
    points=1,
    after=test_an_old_row_is_renewed,
    asvs="11.4.2",
    cwe=405,
    hints=[
        "How many hashes does a login cost whose row is up to date already?",
        "What would you ask before you hash?",
    ],
)
def test_a_row_of_today_stays(lab, shop, alice):
    """A row that is as of today is left alone: a login costs one hash, not two."""
    log_in(alice, shop)
    before, counts = stored(lab, alice.person.name), lab.hasher.counts
    log_in(alice, shop)

    assert stored(lab, alice.person.name) == before, "The row was up to date, and was written all the same."
    assert lab.hasher.counts["hash"] == counts["hash"], "The row was up to date, and the password was hashed again."


@promise(
    points=2,
    after=test_an_old_row_is_renewed,
    asvs="11.4.2",
    cwe=367,
    hints=[
        "A login is under way with the password of before, and Alice chooses another one. What does your line write?",
        "The row must still be what it was when the password was compared. Can one operation ask and write?",
        "Read what MongoDB says about the atomicity of an operation on a single document, and look at `user`.",
    ],
)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_password_changed_meanwhile_stays_changed(lab, shop, alice, mallory, draw, look, two_processes):
    """A slow login with Alice's old password does not bring it back after she has chosen another one."""
    old, name = alice.person.password, alice.person.name
    keep(lab, alice, ldap_hex_md5.hash)
    with under_way(lab, lambda: log_in(mallory, shop, name=name, password=old), table="users", look=look):
        log_in(alice, shop)
        change_password(alice, shop, new=draw.password())

    mallory.jar.clear()
    log_in(mallory, shop, name=name, password=old)
    assert not is_logged_in(mallory, shop, as_=name), "Alice gave a password up, and a slow login brought it back."
