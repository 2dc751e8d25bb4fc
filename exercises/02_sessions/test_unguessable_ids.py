"""Draw ids that nobody can guess, and store none.

What `new_id` and `fingerprint` promise, seen in many ids, in a shop that is restarted, and in a stolen table.
"""

import base64
import binascii
import math
from dataclasses import replace

import pytest

from labsrv.grading import promise
from labsrv.labs.sessions.people import is_logged_in, log_in, put_in_basket, session_cookie

PLACE = 3
DECIDES = ("new_id", "fingerprint")

MANY = 2000
BITS = 128  # ASVS 7.2.3


# What somebody who finds an id, or a row's name, would try.
READINGS = {
    "as it is": lambda text: text,
    "backwards": lambda text: text[::-1],
    "as base64": lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("latin-1"),
    "as hexadecimal": lambda text: bytes.fromhex(text).decode("latin-1"),
    "as base32": lambda text: base64.b32decode(text.upper() + "=" * (-len(text) % 8)).decode("latin-1"),
}


def read(text, reading):
    """Read a text in one way, or not at all."""
    try:
        return READINGS[reading](text)
    except (ValueError, binascii.Error):
        return ""


def as_cookie_value(text):
    """Return the characters of a text that may stand in a cookie (RFC 6265bis, 4.1.1)."""
    return "".join(each for each in text if each.isascii() and each.isalnum() or each in "-_.~+/=")


def bits_of(ids):
    """Return how many bits could tell these ids apart: for each place, how many characters were seen there."""
    places = zip(*(each.ljust(max(map(len, ids)), "~") for each in ids), strict=True)
    return sum(math.log2(len(set(place))) for place in places)


def drawn(decision, user="somebody"):
    """Return many ids."""
    answer = decision.often("new_id", MANY, user)
    assert isinstance(getattr(answer, "value", None), list), f"`new_id` raised {answer}."
    assert all(isinstance(each, str) for each in answer.value), "An id is not a string."
    return answer.value


@promise()
def test_alice_and_bob_log_in(shop, alice, bob):
    """Alice and Bob log in, with and without a basket, and each sees their own account."""
    put_in_basket(alice, shop)
    for person in (alice, bob):
        log_in(person, shop)

    for person in (alice, bob):
        assert is_logged_in(person, shop), f"{person.name} logged in and is not logged in."


@promise()
def test_a_restart_logs_nobody_out(shop, alice, restart_shop):
    """When the shop's process is restarted, Alice is still logged in."""
    log_in(alice, shop)
    restart_shop()

    assert is_logged_in(alice, shop), "After a restart of the shop, Alice's cookie finds no row."


@promise()
def test_no_two_ids_are_the_same(decision):
    """Two thousand ids are two thousand different ones, and so are their rows."""
    ids = drawn(decision)
    assert len(set(ids)) == MANY, "Two sessions got the same id."

    rows = {decision.fingerprint(each).value for each in ids[:200]}
    assert len(rows) == 200, "Two sessions got the same row."


@promise(
    points=2,
    after=test_alice_and_bob_log_in,
    asvs="7.2.3",
    cwe=340,
    hints=[
        "Log in twice and compare the two ids. How much of them could be different?",
        "Which generator of the standard library is meant for secrets, and how many bytes are 128 bits?",
        "Read the first paragraph of the documentation of Python's `secrets`.",
    ],
)
def test_an_id_has_128_bits(decision):
    """An id holds at least 128 bits that differ from one id to the next."""
    bits = bits_of(drawn(decision))

    assert bits >= BITS, f"What differs between {MANY} ids amounts to {bits:.0f} bits."


@promise(
    points=2,
    after=test_an_id_has_128_bits,
    asvs="7.2.3",
    cwe=338,
    hints=[
        "Restart the shop: which ids does it draw then?",
        "Python has generators that are fit for dice and one that is fit for secrets. What does `random` start from?",
    ],
)
def test_the_seed_of_random_tells_nothing(decision, shop, lab, restart_shop):
    """Whoever knows the state of Python's `random` does not know the next id."""
    before = drawn(decision)
    restart_shop()
    shop_again = lab.front.sites[lab.shop.origin.removeprefix("http://")][1].__self__
    after = shop_again.decide_often("new_id", MANY, "somebody").value

    assert not set(before) & set(after), "Two shops that started alike drew the same ids."


@promise(
    points=1,
    after=test_alice_and_bob_log_in,
    asvs="7.2.2",
    cwe=340,
    hints=[
        "`attacks.decoded(...)` reads an id as base64. What does Alice's say?",
        "What does `new_id` need to know about the user?",
    ],
)
@pytest.mark.parametrize("reading", READINGS)
def test_an_id_tells_nothing_of_its_user(decision, draw, reading):
    """However one reads it, an id does not contain the user's name."""
    user = draw.word()
    ids = drawn(decision, user)[:50]

    assert not [each for each in ids if user in read(each, reading)], "The id tells whose it is."


@promise(
    points=2,
    after=test_alice_and_bob_log_in,
    asvs="7.2.2",
    cwe=312,
    hints=[
        "Look at `show.rows(lab.db.sessions)` as somebody who found a backup. What would you put into a cookie?",
        "Passwords are not stored either. What is stored in their place?",
        "Read about one-way functions in the documentation of `hashlib`. Why need this one not be slow?",
    ],
)
@pytest.mark.parametrize("reading", READINGS)
def test_the_stolen_table_opens_nothing(lab, shop, alice, mallory, reading):
    """Whatever Mallory reads out of the table of sessions, it is nobody's cookie."""
    log_in(alice, shop)
    cookie = session_cookie(alice, shop)
    found = [read(str(value), reading) for row in lab.db.dump()["sessions"] for value in row.values()]

    assert not [each for each in found if cookie.value in each], "The table contains the id."
    for each in filter(None, map(as_cookie_value, found)):
        mallory.jar.put(replace(cookie, value=each))
        assert not is_logged_in(mallory, shop, as_=alice), "What stands in the table works as a cookie."


@promise(
    points=1,
    after=test_the_stolen_table_opens_nothing,
    asvs="7.2.3",
    cwe=328,
    hints=[
        "How many different names can your rows have? Count the characters that `fingerprint` returns.",
        "Whatever shortens it brings guessing back: an id need not be the right one, only have the same row.",
    ],
)
def test_a_row_is_not_found_by_chance(decision):
    """The name of a row has at least 128 bits as well: other ids do not lead to it."""
    rows = [decision.fingerprint(each).value for each in drawn(decision)[:1000]]

    assert bits_of(rows) >= BITS, f"What differs between rows amounts to {bits_of(rows):.0f} bits."
