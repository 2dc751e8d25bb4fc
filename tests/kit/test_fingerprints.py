"""Fingerprints: of every text, always the same, and no two alike."""

from hashlib import sha256

import pytest

from labsrv.kit.fingerprints import fingerprint

PUBLISHED = {
    "nothing": ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    # FIPS 180-2, B.1.
    "three letters": ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
}


@pytest.mark.parametrize(("secret", "expected"), PUBLISHED.values(), ids=PUBLISHED)
def test_it_is_the_sha_256_that_is_published(secret, expected):
    assert fingerprint(secret) == expected


ALIKE = ["tea", "tea ", "Tea", "te\u0301a", "té" + "a", "tea\0", "\ud83c", "\udf75", "🍵", "?", "x" * 100_000]


def test_what_only_looks_alike_has_another():
    assert len({fingerprint(each) for each in ALIKE}) == len(ALIKE)


def test_letters_are_counted_as_utf_8():
    assert fingerprint("緑茶") == sha256("緑茶".encode()).hexdigest()
