"""Store what a password can be checked against, and not found out from.

What `store_password` promises, seen from the table of users.
"""

from hashlib import md5, sha1, sha256

from labsrv.grading import promise
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in, stored

PLACE = 2
DECIDES = ("store_password",)


def row_after_choosing(lab, shop, browser, password):
    """Let somebody choose this password, and return what the table keeps of it."""
    log_in(browser, shop)
    change_password(browser, shop, new=password)
    return stored(lab, browser.person.name)


@promise()
def test_the_new_password_works(shop, alice, draw):
    """Alice chooses another password, logs in with it, and no longer with the one before."""
    new = f"{draw.password()} Süß & 100%"
    before = alice.person.password
    log_in(alice, shop)
    change_password(alice, shop, new=new)
    alice.jar.clear()

    log_in(alice, shop, password=before)
    assert not is_logged_in(alice, shop), "Alice's old password still opens her account."
    log_in(alice, shop, password=new)
    assert is_logged_in(alice, shop), "Alice chose another password, and it does not open her account."


@promise()
def test_the_others_log_in_as_before(shop, alice, bob, draw):
    """Alice chooses another password, and Bob, who has not, logs in with his."""
    log_in(alice, shop)
    change_password(alice, shop, new=draw.password())
    log_in(bob, shop)

    assert is_logged_in(bob, shop), "Alice chose another password, and Bob's no longer opens his account."


@promise(
    points=2,
    asvs="11.4.2",
    cwe=256,
    hints=[
        "Choose a password as Alice, and look at her row in the table of users.",
        "What can the shop compare a password with, other than the password?",
        "Read what `Hasher` offers in labsrv/kit/passwords.py.",
    ],
)
def test_the_table_does_not_say_the_password(lab, shop, alice, draw):
    """What the table keeps of Alice's password does not contain it."""
    new = draw.password()
    assert new not in row_after_choosing(lab, shop, alice, new), "Alice's password stands in the table of users."


@promise(
    points=2,
    after=test_the_table_does_not_say_the_password,
    asvs="11.4.2",
    cwe=759,
    hints=[
        "Let Alice and Bob choose the same password, and compare their rows.",
        "What must differ between two hashes of one password, and who draws it?",
    ],
)
def test_the_same_password_looks_different_in_each_row(lab, shop, alice, bob, draw):
    """Alice and Bob have chosen the same password, and nothing in the table shows it."""
    new = draw.password()
    rows = [row_after_choosing(lab, shop, browser, new) for browser in (alice, bob)]

    assert rows[0] != rows[1], "Two customers with one password have the same row: one guess finds both out."


@promise(
    points=2,
    after=test_the_table_does_not_say_the_password,
    asvs="11.4.2",
    cwe=916,
    hints=[
        "How many guesses a second does the notebook's plot show for the hash that you use?",
        "Whose cost is in the row? The shop's hasher has one, and counts what it hashes.",
        "Read OWASP's Password Storage Cheat Sheet, and `Hasher.hash`.",
    ],
)
def test_a_guess_costs_what_the_shop_can_afford(lab, shop, alice, draw):
    """Each guess at Alice's row costs as much as the shop's own hasher takes."""
    new = draw.password()
    log_in(alice, shop)
    before = lab.hasher.counts["hash"]
    change_password(alice, shop, new=new)
    row = stored(lab, alice.person.name)

    fast = [make(new.encode()).hexdigest() for make in (md5, sha1, sha256)]
    assert not any(digest in row for digest in fast), "A fast hash of the password stands in the table."
    assert row.startswith("$argon2id$"), "What the table keeps was not made by a slow hash."
    assert lab.hasher.counts["hash"] > before, "The row was not made by the shop's hasher: its cost is not the shop's."
    assert not lab.hasher.needs_rehash(row), "The row was made at another cost than the shop's."
