"""The cast: an address, a number and a password hash for everybody."""

import re
from ipaddress import ip_address, ip_network

import pytest

from labsrv.kit.passwords import Hasher
from labsrv.kit.people import ADDRESSES, Person, cast, number_of


def test_the_hashes_of_the_cast_are_those_of_their_passwords():
    hasher = Hasher("real")

    for person in cast().values():
        assert hasher.verify(person.known_hash, person.password)
        assert not hasher.needs_rehash(person.known_hash)


def test_everybody_has_an_address_and_a_number_of_their_own():
    people = cast().values()

    assert {each.email for each in people} == {f"{each.name}@post.localhost" for each in people}
    assert len({each.phone for each in people}) == 4
    numbers = {Person(f"customer-{n:05x}", "fake").phone for n in range(5_000)}
    # North America keeps 555-0100 to 555-0199 for fiction.
    assert all(re.fullmatch(r"\+1[2-9]\d\d55501\d\d", each) and each[3:5] != "11" for each in numbers)
    assert len(numbers) > 4_500


def test_neither_a_password_nor_its_hash_is_printed():
    for person in cast().values():
        assert repr(person) == f"Person(name={person.name!r}, role={person.role!r})"


def test_the_cast_is_new_each_time():
    cast()["alice"].password = "changed by a learner"

    assert cast()["alice"].password == "alice-likes-oolong-tea"
    assert {name: person.role for name, person in cast().items() if person.role != "customer"} == {"carol": "hr"}


NAMES = ["", "alice", "緑茶", "Zoë Ünlü", "x" * 10_000]


@pytest.mark.parametrize("name", NAMES, ids=["no name", "a name", "another alphabet", "accents", "very long"])
def test_a_name_has_one_number_for_ever(name):
    assert number_of(name) == number_of(name) == Person(name, "fake").phone
    assert re.fullmatch(r"\+1[2-9]\d\d55501\d\d", number_of(name))


def test_the_addresses_are_kept_for_documentation():
    assert set(ADDRESSES) == set(cast())
    assert all(each in ip_network("192.0.2.0/24") for each in map(ip_address, ADDRESSES.values()))
