"""Accounts: who has one, who may log in, and that a stranger costs as much work as a customer."""

import dataclasses

import pytest
from pymongo.errors import DuplicateKeyError

from labsrv.kit.accounts import Accounts, Refused, User
from labsrv.kit.passwords import LONGEST_PASSWORD, Hasher
from labsrv.kit.people import Person, cast
from tests.kit.at_once import at_once

PASSWORD = "a fake password of Alice's"


@pytest.fixture
def hasher():
    return Hasher()


@pytest.fixture
def accounts(db, hasher):
    """The accounts of Alice, and of Bob, whose account is closed; no work is counted yet."""
    accounts = Accounts(db.users, hasher)
    accounts.add(Person("alice", PASSWORD))
    accounts.add(Person("bob", PASSWORD, role="hr"))
    accounts.disable("bob")
    hasher.log.clear()
    return accounts


def test_who_was_added_is_there(accounts):
    alice, bob = accounts.get("alice"), accounts.get("bob")

    assert (alice.name, alice.role, alice.disabled) == ("alice", "customer", False)
    assert (bob.name, bob.role, bob.disabled) == ("bob", "hr", True)
    assert accounts.hasher.verify(alice.password_hash, PASSWORD) and alice.password_hash != bob.password_hash


NOBODY = {
    "a stranger": "carol",
    "no name": "",
    "another spelling": "Alice",
    "a space more": "alice ",
    "the beginning of a name": "ali",
    "a pattern": "a.*",
    "half a character": "\udcff",
}


@pytest.mark.parametrize("name", NOBODY.values(), ids=NOBODY)
def test_nobody_else_is(in_memory, hasher, name):
    accounts = Accounts(in_memory.users, hasher)
    accounts.add(Person("alice", PASSWORD))

    assert accounts.get(name) is None and accounts.authenticate(name, PASSWORD) is None


def test_a_name_is_taken_once(accounts):
    with pytest.raises(DuplicateKeyError):
        accounts.add(Person("alice", "Mallory's password"))

    assert accounts.authenticate("alice", PASSWORD) and not accounts.authenticate("alice", "Mallory's password")


def test_of_many_who_take_a_name_at_once_one_gets_it(accounts):
    def take(number):
        try:
            accounts.add(Person("carol", f"password {number}"))
        except DuplicateKeyError:
            return None
        return number

    (winner,) = [each for each in at_once(*(lambda n=n: take(n) for n in range(8))) if each is not None]
    assert accounts.authenticate("carol", f"password {winner}")


def test_a_hash_that_is_known_saves_hashing(accounts, hasher):
    accounts.add(cast()["carol"])

    assert hasher.log == []
    assert accounts.get("carol").password_hash == cast()["carol"].known_hash


NAMES = {"umlauts": "Jürgen Müßig", "another alphabet": "緑茶", "beyond the first plane": "🍵", "a dot and a $": "$a.b"}


@pytest.mark.parametrize("name", NAMES.values(), ids=NAMES)
def test_a_name_is_kept_as_it_is_written(accounts, name):
    accounts.add(Person(name, PASSWORD))

    assert accounts.get(name).name == accounts.authenticate(name, PASSWORD).name == name


def test_two_spellings_of_one_letter_are_two_names(accounts):
    accounts.add(Person("zo\u00eb", PASSWORD))

    assert accounts.get("zoe\u0308") is None


LOGINS = {
    "the right password": ("alice", PASSWORD, True),
    "a wrong one": ("alice", PASSWORD.upper(), False),
    "none": ("alice", "", False),
    "the hash itself": ("alice", "(the hash)", False),
    "a closed account": ("bob", PASSWORD, False),
    "a closed account, a wrong password": ("bob", "", False),
    "a stranger": ("carol", PASSWORD, False),
}


@pytest.mark.parametrize(("name", "password", "let_in"), LOGINS.values(), ids=LOGINS)
def test_a_login_is_answered_and_costs_one_comparison_whoever_it_is(accounts, hasher, name, password, let_in):
    if password == "(the hash)":
        password = accounts.get(name).password_hash

    assert accounts.authenticate(name, password) == (accounts.get(name) if let_in else None)
    assert hasher.log == ["verify"]


@pytest.mark.parametrize("name", ["alice", "bob", "carol"])
def test_a_password_that_is_far_too_long_is_refused_whoever_sends_it(accounts, name):
    with pytest.raises(ValueError, match="at most 4096"):
        accounts.authenticate(name, "x" * (LONGEST_PASSWORD + 1))


def test_a_new_password_takes_the_old_ones_place(accounts):
    accounts.set_password("alice", "another fake password")

    assert accounts.authenticate("alice", PASSWORD) is None
    assert accounts.authenticate("alice", "another fake password").role == "customer"
    assert accounts.hasher.log.count("hash") == 1


def test_a_new_password_opens_no_closed_account_and_makes_no_new_one(accounts):
    accounts.set_password("bob", "another fake password")
    accounts.set_password("carol", "another fake password")

    assert accounts.authenticate("bob", "another fake password") is None
    assert accounts.get("carol") is None


def test_a_closed_account_stays_there_and_closed(accounts):
    accounts.disable("bob")
    accounts.disable("carol")

    assert accounts.get("bob").disabled and accounts.get("bob").role == "hr"
    assert accounts.get("carol") is None
    assert not accounts.get("alice").disabled


def test_a_user_is_a_copy_that_nobody_changes(accounts):
    with pytest.raises(dataclasses.FrozenInstanceError):
        accounts.get("alice").role = "hr"


def test_no_hash_is_printed(accounts):
    user = accounts.get("alice")

    assert "argon2" not in repr(user) and repr(user) == "User(name='alice', role='customer', disabled=False)"


def test_a_refusal_says_the_same_of_everybody():
    assert Refused() == Refused("Name or password is wrong.")
    assert User("alice") == User("alice", "customer", False, "")
