"""The cast: an address, a number and a password hash for everybody."""

import re

from labsrv.kit.passwords import Hasher
from labsrv.kit.people import Person, cast


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
