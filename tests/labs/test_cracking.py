"""Mallory's own machine: what she finds with so much work, and what is computed of it."""

import itertools

import pytest
from passlib.hash import ldap_hex_md5, ldap_salted_sha256, roundup_plaintext

from labsrv.kit.passwords import Hasher, argon2id
from labsrv.labs.passwords import cracking

WEAK, STRONG = "sunshine-baseball", "kelp lantern oolong 77 meadow"
FAST = {
    "as it was typed": roundup_plaintext.hash,
    "MD5": ldap_hex_md5.hash,
    "salted SHA-256": ldap_salted_sha256.hash,
}


@pytest.mark.parametrize("keep", FAST.values(), ids=FAST)
def test_a_fast_hash_gives_a_weak_password_away_and_no_strong_one(keep):
    assert cracking.crack(keep(WEAK)) == WEAK
    assert cracking.crack(keep(STRONG)) is None


@pytest.mark.parametrize(("cost", "guesses"), [("low", 98), ("real", 2)])
def test_a_slow_hash_leaves_few_guesses(cost, guesses):
    kept = argon2id(cost).hash(WEAK)

    assert cracking.guesses(kept) == guesses
    assert cracking.crack(kept) is None


def test_a_slow_hash_gives_the_most_common_one_away():
    assert cracking.crack(Hasher().hash("123456")) == "123456"


def test_what_is_no_hash_is_an_error():
    with pytest.raises(ValueError, match="no hash of a kind"):
        cracking.crack("whatever this is")


@pytest.mark.slow("slow hashes")
def test_every_algorithm_is_tried_and_the_slow_ones_are_slower():
    measured = dict(cracking.rates(seconds=0.01))

    assert list(measured) == list(cracking.ALGORITHMS)
    assert measured["MD5"] > 50 * measured["argon2id 64 MiB × 3"]


def test_the_card_has_a_row_for_each_of_them_and_says_where_it_is_from():
    rows = {row["stored as"]: row for row in cracking.with_a_graphics_card()}

    assert set(cracking.ALGORITHMS) <= set(rows)
    assert {row["that figure is"] for row in rows.values()} == {"published", "scaled by cost", "an upper bound"}
    # 19,456 KiB, of which 2 + 3 KiB are moved for each: 99.6 MB a hash, of 1,008 GB a second.
    assert rows["argon2id 19 MiB × 2"]["guesses a second"] == "10,119"
    # 94⁸ / 2 passwords at 164.1 GH/s are 18,573 seconds.
    assert rows["MD5"]["8 random characters"] == "5.2 hours"


SPANS = [
    (0.00273, "0.0027 seconds"),
    (61, "1 minutes"),
    (7_300, "2 hours"),
    (4.4e7, "1.4 years"),
    (3.2e12, "100,000 years"),
]


@pytest.mark.parametrize(("seconds", "said"), SPANS)
def test_a_span_is_said_in_the_largest_unit(seconds, said):
    assert cracking.span(seconds) == said


def test_she_tries_the_commonest_first():
    first = list(itertools.islice(cracking.candidates(), 30_001))

    assert first[:2] == ["123456", "password"]
    assert first[-1] == "password-password"
