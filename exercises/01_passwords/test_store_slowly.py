"""Store what a password can be checked against, and not found out from.

What `store_password` promises, seen from the table of users. Whatever made a row, it is judged by what it is: compared
with a hasher of our own, at the cost of the shop's.
"""

import base64
import re

import pytest
from passlib.hash import argon2, roundup_plaintext

from labsrv.grading import promise
from labsrv.kit.passwords import ARGON2ID, COSTS, argon2id, decoy
from labsrv.labs.passwords.moves import write_by_hand
from labsrv.labs.passwords.people import change_password, is_logged_in, log_in, stored

PLACE = 2
DECIDES = ("store_password",)
MANY = 12
FEWEST_BITS = 60  # of the 64 that argon2's shortest salt has


@pytest.fixture
def furnished(request, furnished):
    """A lab whose shop hashes at another cost than its people's rows, where a check asks for it."""
    cost = getattr(request, "param", None)
    if cost:
        hasher = furnished.hasher
        hasher.cost, hasher.decoy, hasher._argon2 = cost, decoy(**COSTS[cost]), argon2id(cost)
    return furnished


def row_after_login(lab, shop, browser, password):
    """Let somebody log in whose password was kept as it was typed, and return what the table keeps of it now."""
    lab.db.users.update_one({"_id": browser.person.name}, {"$set": {"password_hash": roundup_plaintext.hash(password)}})
    answer = write_by_hand(browser, shop.check_login, {"name": browser.person.name, "password": password})
    assert answer.status == 303, f"The row was to be made anew after a login, and the shop answered {answer.status}."
    return stored(lab, browser.person.name)


def salt_of(row):
    """Return the salt of an argon2id hash; of what only looks like one, nothing."""
    try:
        return argon2.from_string(row).salt
    except ValueError:
        return b""


def belongs_to(row, password):
    """Tell whether this is the argon2id hash of this password."""
    try:
        return argon2.verify(password, row)
    except ValueError:
        return False


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
        "A hash can be compared with, and not read. `Hasher` in labsrv/kit/passwords.py makes slow ones.",
    ],
)
def test_the_table_does_not_say_the_password(lab, shop, alice, draw):
    """What the table keeps of Alice's password does not contain it, in whatever writing, and however long it is."""
    for new in (draw.password(), f"{draw.password()}-{draw.password() * 12}"):
        row = row_after_login(lab, shop, alice, new)
        written = {new, new[::-1], new.encode().hex(), base64.b64encode(new.encode()).decode().rstrip("=")[:-2]}
        assert not any(each in row for each in written), "Alice's password stands in the table of users."


@promise(
    points=2,
    after=test_the_table_does_not_say_the_password,
    asvs="11.4.2",
    cwe=759,
    hints=[
        "Let Alice and Bob choose the same password, and compare their rows.",
        "What must differ between two hashes of one password, and who draws it?",
        "How many salts could your function draw? And if the shop starts anew, does it draw them again?",
    ],
)
def test_the_same_password_looks_different_in_each_row(lab, shop, alice, bob, draw, restart_shop):
    """The same password looks different in each row, however many rows there are and whichever process wrote them."""
    new = draw.password()
    rows = [row_after_login(lab, shop, browser, new) for browser in (alice, bob) for _ in range(MANY // 2)]
    assert len(set(rows)) == len(rows), "Two customers with one password have the same row: one guess finds both out."
    if not all(map(ARGON2ID.fullmatch, rows)):
        return  # what else they lack is the next promise's to say

    salts = list(map(salt_of, rows))
    assert len(set(salts)) == len(salts), "Two customers have the same salt: one table of guesses is for both."
    numbers = list(map(int.from_bytes, salts))
    varied = sum(len({number >> bit & 1 for number in numbers}) == 2 for bit in range(8 * min(map(len, salts))))
    assert varied >= FEWEST_BITS, f"Of the salts only {varied} bits differ at all: there are few of them."

    restart_shop()
    again = salt_of(row_after_login(lab, shop, alice, new))
    assert again not in salts, "The shop was started anew, and draws the same salts once more."


@promise(
    points=2,
    after=test_the_table_does_not_say_the_password,
    asvs="11.4.2",
    cwe=916,
    hints=[
        "How many guesses a second does the notebook's plot show for the hash that you use?",
        "Which cost stands in the row, and which one has the shop's hasher? The shop may change it tomorrow.",
        "Is it the password that was hashed slowly, all of it and as it is?",
        "`Hasher.hash` in labsrv/kit/passwords.py draws a salt each time, and takes the shop's own cost.",
    ],
)
@pytest.mark.parametrize("furnished", [None, "real"], indirect=True, ids=["a shop of today", "a shop that pays more"])
def test_a_guess_costs_what_the_shop_can_afford(lab, shop, alice, draw):
    """Each guess at Alice's row costs what the shop's own hasher takes: the row is argon2id of her password, at the
    shop's cost.
    """
    cost = COSTS[lab.hasher.cost]
    new = f"  {draw.password()} Süß ﬁ２ {draw.password()}{'-lantern' * 100} X \n"
    row = row_after_login(lab, shop, alice, new)
    found = ARGON2ID.fullmatch(row)
    kind = re.match(r"\$?\{?[\w-]{1,20}", row)

    assert found, f"What the table keeps is no argon2id hash: it begins with {kind[0] if kind else row[:8]!r}."
    assert list(map(int, found.groups())) == list(cost.values()), (
        f"The row asks for m, t, p = {', '.join(found.groups())}; the shop's hasher has "
        f"{', '.join(map(str, cost.values()))}."
    )
    assert belongs_to(row, new), "The row looks like argon2id, and is not made of the password as it is."
