"""What a table of users has collected: all kinds can be verified, old ones are known as old."""

import pytest
from passlib.hash import ldap_hex_md5, ldap_salted_sha256, roundup_plaintext

from labsrv.kit.kept_passwords import KeptPasswords
from labsrv.kit.passwords import Hasher, argon2id

PASSWORD = "a fake password"
OLD = {
    "as it was typed": roundup_plaintext.hash,
    "MD5": ldap_hex_md5.hash,
    "salted SHA-256": ldap_salted_sha256.hash,
}


@pytest.fixture
def passwords():
    return KeptPasswords(Hasher(), lambda hasher, password: hasher.hash(password))


@pytest.mark.parametrize("keep", OLD.values(), ids=OLD)
def test_an_old_kind_is_verified_and_known_as_old(passwords, keep):
    kept = keep(PASSWORD)

    assert passwords.verify(kept, PASSWORD)
    assert not passwords.verify(kept, PASSWORD + " ")
    assert not passwords.verify(kept, kept)
    assert passwords.needs_rehash(kept)


@pytest.mark.parametrize("keep", OLD.values(), ids=OLD)
def test_an_old_kind_costs_as_much_work_as_a_new_one(passwords, keep):
    passwords.verify(keep(PASSWORD), PASSWORD)

    assert passwords.hasher.log == ["verify"]


def test_a_new_one_is_stored_as_the_table_wants_it(passwords):
    kept = passwords.hash(PASSWORD)

    assert kept.startswith("$argon2id$") and passwords.verify(kept, PASSWORD)
    assert not passwords.needs_rehash(kept)
    assert KeptPasswords(Hasher(), lambda hasher, password: "{plaintext}" + password).hash("x") == "{plaintext}x"


def test_another_cost_is_to_be_renewed(passwords):
    assert passwords.needs_rehash(argon2id("real").hash(PASSWORD))


def test_what_is_of_no_known_kind_is_an_error(passwords):
    with pytest.raises(ValueError, match="not an argon2id hash"):
        passwords.verify("whatever this is", PASSWORD)
