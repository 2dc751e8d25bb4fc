"""Draw ids that nobody can guess, and store none.

What `new_id` and `fingerprint` promise, seen in many ids, in a shop that is restarted, and in a stolen table.
"""

import base64
import binascii
import math
from dataclasses import replace

import pytest

from labsrv.grading import Answer, promise
from labsrv.labs.sessions.people import is_logged_in, log_in, put_in_basket, session_cookie

PLACE = 3
DECIDES = ("new_id", "fingerprint")

MANY = 2000
BITS = 128  # ASVS 7.2.3
BATCH, MOST_TAPE = range(256), 2048  # bits


# What somebody who finds an id, or a row's name, would try.
READINGS = {
    "as base64": lambda text: base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode("latin-1"),
    "as hexadecimal": lambda text: bytes.fromhex(text).decode("latin-1"),
    "as base32": lambda text: base64.b32decode(text.upper() + "=" * (-len(text) % 8)).decode("latin-1"),
    "as it is": lambda text: text,
    "backwards": lambda text: text[::-1],
}


def read(text, reading):
    """Read a text in one way, or not at all."""
    try:
        return READINGS[reading](text)
    except (ValueError, binascii.Error):
        return ""


def as_cookie_value(text):
    """Return the characters of a text that may stand in a cookie (RFC 6265bis, 4.1.1)."""
    return "".join(each for each in text if (each.isascii() and each.isalnum()) or each in "-_.~+/=")


def places(ids):
    """Return, place by place, the characters that were seen there; `~` stands after the end of the shorter ones."""
    longest = max(map(len, ids))
    return [set(each) for each in zip(*(each.ljust(longest, "~") for each in ids), strict=True)]


def bits_of(ids):
    """Return how many bits could tell these ids apart: for each place, how many characters were seen there."""
    return sum(math.log2(len(each)) for each in places(ids))


def telling_places(own, others):
    """Return where all of somebody's ids have one character, which nobody else's ids have there."""
    pairs = zip(places(own), places(others), strict=False)
    return [at for at, (mine, theirs) in enumerate(pairs) if len(mine) == 1 and not mine & theirs]


def drawn(decision, user="somebody", many=MANY):
    """Return many ids."""
    answer = decision.often("new_id", many, user)
    assert isinstance(getattr(answer, "value", None), list), f"`new_id` failed: {answer}"
    assert all(isinstance(each, str) and each for each in answer.value), "An id is not a string, or an empty one."
    return answer.value


def rows_of(decision, ids):
    """Return the names of the rows that belong to these ids."""
    answers = [decision.fingerprint(each) for each in ids]
    for each in answers:
        assert isinstance(each, Answer), f"`fingerprint` failed: {each}"
        assert isinstance(each.value, str), "The name of a row is not a string."
    return [each.value for each in answers]


def rank(texts):
    """Return how many bits of these texts are independent: parts that repeat, or that follow from others, add none."""
    pivots = {}
    for each in texts[1:]:
        rest = int.from_bytes(each.encode(), "big") ^ int.from_bytes(texts[0].encode(), "big")
        while rest and rest.bit_length() in pivots:
            rest ^= pivots[rest.bit_length()]
        if rest:
            pivots[rest.bit_length()] = rest
    return len(pivots)


def lookalikes(ids):
    """Return, by what was done to it, other ids of the same letters: another case, another order, `-` for `_`."""
    letters = set("".join(ids))
    for each in ids:
        for words, other in {
            "capital letters for small ones": each.swapcase(),
            "its letters in another order": each[::-1],
            "- for _": each.translate({ord("-"): "_", ord("_"): "-"}),
        }.items():
            if other != each and set(other) <= letters:
                yield words, each, other


def altered(session_id, at):
    """Return an id that differs in one place, and not only in its case."""
    other = next(each for each in session_id + "ab" if each.isalnum() and each.lower() != session_id[at].lower())
    return session_id[:at] + other + session_id[at:][1:]


def places_that_changed(pairs):
    """Return the places in which at least one pair of texts differs."""
    return {at for pair in pairs for at, (one, other) in enumerate(zip(*pair, strict=False)) if one != other}


def bits_used(decision, seed):
    """Return how many bits of what the system's generator gives make a difference in an id, up to what is asked for.

    None where it is not asked, or where an id is another one each time all the same.
    """
    used = 0
    for begin in range(0, MOST_TAPE, len(BATCH)):
        flips = [begin + bit for bit in BATCH]
        answer = decision.by_tape("new_id", seed, [-1, -1, *flips], "somebody")
        assert isinstance(answer, Answer), f"`new_id` failed: {answer}"
        (same, again, *ids), taken = answer.value
        if not taken or same != again:
            return 8 * taken or None
        used += sum(each != same for each in ids)
        if used >= BITS or begin + len(BATCH) >= 8 * taken:
            return used
    return used


def parts(session_id):
    """Return every run of eight characters: the chance to meet one in a hash is nil."""
    return [session_id[at : at + 8] for at in range(len(session_id) - 7)]


@promise()
def test_alice_and_bob_log_in(shop, alice, bob):
    """Alice and Bob log in, with and without a basket, and each sees their own account."""
    put_in_basket(alice, shop)
    for person in (alice, bob):
        log_in(person, shop)

    for person in (alice, bob):
        assert is_logged_in(person, shop), f"{person.name} typed the right password and is not logged in."


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

    rows = rows_of(decision, ids[:200])
    assert len(set(rows)) == 200, "Two sessions got the same row."


@promise(
    points=2,
    after=test_alice_and_bob_log_in,
    asvs="7.2.3",
    cwe=340,
    hints=[
        "Log in twice and compare the two ids. How much of them could be different?",
        "Which generator of the standard library is meant for secrets, and how many bytes are 128 bits?",
        "The module `secrets` is: `token_urlsafe` makes a text of as many random bytes as it is told.",
    ],
)
def test_an_id_has_128_bits(decision, draw):
    """An id holds at least 128 bits that differ from one id to the next, and they are random, not made of fewer."""
    bits = bits_of(drawn(decision))
    assert bits >= BITS, f"What differs between {MANY} ids amounts to {bits:.0f} bits."

    used = bits_used(decision, draw.randbytes(8))
    assert used is None or used >= BITS, (
        f"An id is made of {used} random bits: however it looks, that is how many there are to guess."
    )


@promise(
    points=2,
    after=test_an_id_has_128_bits,
    asvs="7.2.3",
    cwe=338,
    hints=[
        "Restart the shop: which ids does it draw then?",
        "Ask of each part of an id whether Mallory could know it: a number, the time, the state of `random`.",
        "Python has generators that are fit for dice and one that is fit for secrets. What does `random` start from?",
    ],
)
def test_nobody_draws_the_same_ids(lab, decision, restart_shop):
    """Whoever knows how the shop started, what time it was and whose session it is, does not know the id."""
    moment = lab.clock.time()
    ids, others = (drawn(restart_shop(at=moment)) for _ in range(2))
    assert len(set(ids)) == MANY, "Two sessions that began at the same moment got the same id."
    assert not set(ids) & set(others), "A shop that started alike, at the same time, drew the same ids."

    copies = decision.in_copies("new_id", 100, "somebody").value
    assert len({each for copy in copies for each in copy}) == 100 * len(copies), (
        "Two processes that a server forked after the import draw the same ids."
    )


@promise(
    points=1,
    after=test_alice_and_bob_log_in,
    asvs="7.2.3",
    cwe=340,
    hints=[
        "`attacks.decoded(...)` reads an id as base64. What does Alice's say?",
        "What does `new_id` need to know about the user?",
    ],
)
def test_an_id_tells_nothing_of_its_user(decision, draw):
    """However one reads it, an id does not tell whose it is."""
    user = draw.word()
    # Before and after the others: what tells only the time is different then.
    before, other, nobody, after = (drawn(decision, each, many=500) for each in (user, draw.word(), None, user))
    for reading in READINGS:
        own, others, visitors = ([read(each, reading) for each in ids] for ids in (before + after, other, nobody))

        assert not [each for each in own if user in each], f"The id, read {reading}, contains the user's name."
        for whose, ids, rest in (("one user", own, others + visitors), ("visitors", visitors, own + others)):
            assert not telling_places(ids, rest), (
                f"All ids of {whose}, read {reading}, have something in common that no other id has."
            )


@promise(
    points=2,
    after=test_alice_and_bob_log_in,
    cwe=312,
    hints=[
        "Look at `show.rows(lab.db.sessions)` as somebody who found a backup. What would you put into a cookie?",
        "Passwords are not stored either. What is stored in their place?",
        "A hash is, SHA-256 for one (`hashlib`). It may be fast: nobody guesses 128 random bits.",
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
    cwe=327,
    hints=[
        "Change one letter of an id. How much of its row's name changes?",
        "Whatever goes there and back, with or without a key in the program, is no hash.",
    ],
)
def test_nobody_works_an_id_out_of_its_row(decision):
    """Ids that are nearly the same have rows whose names have nothing in common, with each other or with the id."""
    ids = drawn(decision, many=30)
    rows = rows_of(decision, ids)
    differ = {at for at, each in enumerate(places(rows)) if len(each) > 1}
    for where, place in {"first": 0, "one in the middle": 0.5, "last": -1}.items():
        others = rows_of(decision, [altered(each, int(place * len(each)) if place > 0 else place) for each in ids])
        assert not set(rows) & set(others), f"The {where} of an id's letters was changed, and it finds the same row."
        stayed = differ - places_that_changed(zip(rows, others, strict=True))
        assert not stayed, f"The {where} of an id's letters was changed, and a part of its row's name never is."

    for session_id, row in zip(ids, rows, strict=True):
        assert not [part for part in parts(session_id) if part in row], "The row's name contains a part of the id."


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
    """The name of a row has at least 128 bits as well: other ids do not lead to it, alike as they may be."""
    ids = drawn(decision)[:1000]
    rows = rows_of(decision, ids)
    bits = min(bits_of(rows), rank(rows))
    assert bits >= BITS, f"What differs between rows amounts to {bits:.0f} bits at most."

    for words, one, other in lookalikes(ids[:20]):
        found = decision.fingerprint(other)
        assert found != Answer(rows[ids.index(one)]), f"An id, and another one with {words}, have the same row."
