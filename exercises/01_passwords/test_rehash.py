"""Bring old hashes up to date when their owner comes by.

What `upgrade` promises, seen from the table of users. A login is held right after one of its looks into that table, so
that the race comes out the same in every run.
"""

import contextlib

import pytest
from passlib.hash import argon2, ldap_hex_md5, ldap_salted_sha256, roundup_plaintext

from labsrv.grading import promise
from labsrv.kit.lessons.races import under_way
from labsrv.kit.passwords import ARGON2ID
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in, log_out, stored

PLACE = 3
DECIDES = ("upgrade",)

# How the shop has kept passwords over the years.
KEPT = {
    "as it was typed": roundup_plaintext.hash,
    "as MD5": ldap_hex_md5.hash,
    "as salted SHA-256": ldap_salted_sha256.hash,
    "as argon2id with more memory": argon2.using(type="ID", memory_cost=16, rounds=1, parallelism=1).hash,
    "as argon2id with more rounds": argon2.using(type="ID", memory_cost=8, rounds=2, parallelism=1).hash,
}
LOOKS = {"after its first look": 1, "after its second look": 2, "after its third look": 3}
PASSWORD = "password_hash"


def keep(lab, browser, how):
    """Keep somebody's password as it was kept then, and return that."""
    kept = how(browser.person.password)
    lab.db.users.update_one({"_id": browser.person.name}, {"$set": {PASSWORD: kept}})
    return kept


def as_of_today(lab, row, password):
    """Tell whether this is the argon2id hash of this password, at the shop's cost."""
    with contextlib.suppress(ValueError):
        return bool(ARGON2ID.fullmatch(row)) and not lab.hasher.needs_rehash(row) and argon2.verify(password, row)
    return False


def all_but(lab, name):
    """Return what the table of users says, but for this user's password."""
    rows, _ = lab.db.peek("users")
    return [{key: value for key, value in row.items() if (row["_id"], key) != (name, PASSWORD)} for row in rows]


@contextlib.contextmanager
def watching(lab, name):
    """Note what stands in somebody's row after each writing into the table of users."""
    rows = []

    def note(table):
        if table == "users":
            found, _ = lab.db.peek("users", {"_id": name})
            rows.append(found[0][PASSWORD] if found else None)

    lab.db.listeners.append(note)
    try:
        yield rows
    finally:
        lab.db.listeners.remove(note)


@promise()
def test_alice_logs_in(lab, shop, alice):
    """Alice logs in, however her password was kept."""
    for how, kept in KEPT.items():
        keep(lab, alice, kept)
        log_in(alice, shop)
        assert is_logged_in(alice, shop), f"Alice typed the right password, kept {how}, and is not let in."
        log_out(alice, shop)


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
        "Is it done for everybody, and each time that a row is old?",
    ],
)
def test_an_old_row_is_renewed(lab, shop, alice, carol):
    """After a login the row is as the shop would make it today, whoever logs in and however often a row was old."""
    for browser in (alice, carol):
        for how, kept in KEPT.items():
            before = keep(lab, browser, kept)
            log_in(browser, shop)
            row = stored(lab, browser.person.name)
            assert row != before, f"Somebody has logged in, and the password is still kept {how}."
            made = ARGON2ID.fullmatch(row) and not lab.hasher.needs_rehash(row)
            assert made, f"A password that was kept {how} is kept anew, and not as of today."


@promise(
    points=1,
    after=test_an_old_row_is_renewed,
    asvs="11.4.2",
    cwe=916,
    hints=[
        "The row was renewed. Which password does it belong to now?",
        "What exactly did you hash?",
        "Which rows, and which fields of a row, does your line write? Two customers may have the same hash.",
    ],
)
def test_alice_logs_in_again(lab, shop, alice, bob, carol, draw):
    """The new row is her password's as it was typed, and nothing else in the table has changed."""
    password = f"  {draw.password()} Süß ﬁ２ {draw.password()}{'-lantern' * 10} X "
    for each in (alice, bob, carol):
        each.person.password = password
        keep(lab, each, ldap_hex_md5.hash)
    name = bob.person.name
    lab.db.users.update_one({"_id": name}, {"$set": {"likes": draw.word(), "role": draw.word()}})
    before = all_but(lab, name)
    with watching(lab, name) as rows:
        log_in(bob, shop)

    assert None not in rows, "For a moment the row is not there: whoever logs in then is a stranger."
    row = stored(lab, name)
    assert as_of_today(lab, row, password), "The row was renewed, and the password of its owner no longer fits it."
    after = all_but(lab, name)
    assert [each for each in after if each["_id"] != name] == [each for each in before if each["_id"] != name], (
        "Bob logged in, and somebody else's row was written, whose password was kept like his."
    )
    assert after == before, "Bob's row was renewed, and more of it has changed than his password."


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
    with watching(lab, alice.person.name) as rows:
        log_in(alice, shop)

    assert stored(lab, alice.person.name) == before and not rows, (
        "The row was up to date, and was written all the same."
    )
    assert lab.hasher.counts["hash"] == counts["hash"], "The row was up to date, and the password was hashed again."


@promise(
    points=2,
    after=test_an_old_row_is_renewed,
    asvs="11.4.2",
    cwe=367,
    hints=[
        "A login is under way with the password of before, and Alice chooses another one. What does your line write?",
        "The row must still be what it was when the password was compared. Can one operation ask and write?",
        "`update_one` looks and writes in one step. Its filter can say what the row must still be: see `user`.",
    ],
)
@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_a_password_changed_meanwhile_stays_changed(lab, shop, alice, bob, carol, mallory, draw, look, two_processes):
    """A slow login undoes nothing that was done since: a password that was changed, an account that was closed or
    deleted.
    """
    old, name = alice.person.password, alice.person.name
    keep(lab, alice, ldap_hex_md5.hash)
    slow = under_way(lab, lambda: log_in(mallory, shop, name=name, password=old), table="users", look=look)
    with watching(lab, name) as rows, slow:
        log_in(alice, shop)
        change_password(alice, shop, new=draw.password())
        row = stored(lab, name)
        rows.clear()
    assert {row} >= {stored(lab, name), *rows}, "Alice gave a password up, and a slow login brought it back."

    keep(lab, bob, ldap_hex_md5.hash)
    with under_way(lab, lambda: log_in(bob, shop), table="users", look=look):
        changed = {PASSWORD: ldap_hex_md5.hash(draw.password())}
        lab.db.users.update_one({"_id": bob.person.name}, {"$set": changed})
    now = lab.db.users.find_one({"_id": bob.person.name})
    assert now == now | changed, "Another password was kept in an old way meanwhile, and a slow login undid it."

    keep(lab, carol, ldap_hex_md5.hash)
    with under_way(lab, lambda: log_in(carol, shop), table="users", look=look):
        changed = {"disabled": True, "role": draw.word()}
        lab.db.users.update_one({"_id": carol.person.name}, {"$set": changed})
    now = lab.db.users.find_one({"_id": carol.person.name})
    assert now == now | changed, "An account was closed meanwhile, and a slow login opened it again."

    keep(lab, bob, ldap_hex_md5.hash)
    with under_way(lab, lambda: log_in(bob, shop), table="users", look=look):
        lab.db.users.delete_one({"_id": bob.person.name})
    assert not lab.db.users.find_one({"_id": bob.person.name}), "An account was deleted, and a slow login undid it."
