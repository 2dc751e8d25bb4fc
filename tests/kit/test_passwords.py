"""The hasher: argon2id, and counted."""

import threading

import pytest
from passlib.hash import argon2

from labsrv.kit.passwords import Hasher

PASSWORD = "not a real password"


def test_a_hash_matches_its_password_and_no_other():
    hasher = Hasher()
    stored = hasher.hash(PASSWORD)

    assert hasher.verify(stored, PASSWORD)
    assert not hasher.verify(stored, PASSWORD + " ")
    assert not hasher.verify(stored, "")


def test_two_hashes_of_one_password_differ():
    hasher = Hasher()
    assert hasher.hash(PASSWORD) != hasher.hash(PASSWORD)


@pytest.mark.parametrize(("cost", "said"), [("real", "m=19456,t=2,p=1"), ("low", "m=11,t=1,p=1")], ids=["real", "low"])
def test_the_cost_is_in_the_hash_and_in_the_decoy(cost, said):
    hasher = Hasher(cost)
    for each in (hasher.hash(PASSWORD), hasher.decoy):
        assert each.startswith(f"$argon2id$v=19${said}$")


def test_the_decoy_is_read_like_any_hash_and_matches_nothing():
    hasher = Hasher()

    assert argon2.identify(hasher.decoy)
    assert len(hasher.decoy) == len(hasher.hash(PASSWORD))
    assert not hasher.verify(hasher.decoy, PASSWORD)
    assert not hasher.verify(hasher.decoy, "")
    assert hasher.decoy != Hasher().decoy


def test_calls_are_counted_and_the_decoy_costs_none():
    hasher = Hasher()
    assert hasher.calls == 0

    stored = hasher.hash(PASSWORD)
    hasher.verify(stored, PASSWORD)
    hasher.verify(hasher.decoy, PASSWORD)
    hasher.needs_rehash(stored)
    assert hasher.log == ["hash", "verify", "verify"]
    assert hasher.calls == 3
    assert hasher.counts == {"hash": 1, "verify": 2}


def test_calls_of_many_threads_are_all_counted():
    hasher = Hasher()
    threads = [threading.Thread(target=lambda: [hasher.hash(PASSWORD) for _ in range(20)]) for _ in range(5)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert hasher.calls == 100


def test_needs_rehash_when_the_cost_has_changed():
    low, real = Hasher("low"), Hasher("real")

    assert real.needs_rehash(low.hash(PASSWORD))
    assert not low.needs_rehash(low.hash(PASSWORD))
    assert real.verify(low.hash(PASSWORD), PASSWORD), "An old hash still opens the door, once."


NOT_HASHES = {
    "nothing": "",
    "the password itself": PASSWORD,
    "another scheme": "$2b$12$abcdefghijklmnopqrstuuAbCdEfGhIjKlMnOpQrStUvWxYz01234",
    "argon2i": "$argon2i$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21l$YWJjZGVmZ2hpamtsbW5vcA",
    "cut short": "$argon2id$v=19$m=8,t=1,p=1$c29tZXNhbHRzb21l",
    "a newline behind": Hasher().decoy + "\n",
}


@pytest.mark.parametrize("stored", NOT_HASHES.values(), ids=NOT_HASHES)
def test_what_is_no_hash_is_refused_and_not_shown(stored):
    with pytest.raises(ValueError, match="not an argon2id hash") as refused:
        Hasher().verify(stored, PASSWORD)
    assert not stored or stored not in str(refused.value)


COSTLY = {"four gigabytes": "m=4194304,t=1,p=1", "a million passes": "m=8,t=1000000,p=1", "255 lanes": "m=8,t=1,p=255"}


@pytest.mark.parametrize("cost", COSTLY.values(), ids=COSTLY)
def test_a_hash_does_not_choose_what_we_pay(cost):
    with pytest.raises(ValueError, match="more memory or time"):
        Hasher().verify(Hasher().decoy.replace("m=11,t=1,p=1", cost), PASSWORD)


def test_a_password_as_long_as_a_book_is_refused():
    with pytest.raises(ValueError, match="at most 4096"):
        Hasher().hash("a" * 4097)


def test_there_are_two_costs():
    with pytest.raises(ValueError, match='"low" or "real"'):
        Hasher("cheap")
