"""The common passwords, and what is left of a password without its finery."""

import pytest

from labsrv.kit.common_passwords import COMMON, bare, most_common

BARE = {
    "as it is": ("dragon", "dragon"),
    "capitals": ("DraGon", "dragon"),
    "digits and signs around it": ("!!Dragon_99", "dragon"),
    "twice": ("dragondragon", "dragon"),
    "three times, with something between": ("Dragon-dragon_7dragon!", "dragon"),
    "two words": ("sunshine-baseball", "sunshine-baseball"),
    "digits only": ("123456789012345", ""),
    "nothing": ("", ""),
}


def test_there_are_30_000_in_lower_case():
    assert len(COMMON) == 30_000
    assert all(each == each.lower() for each in COMMON)
    assert most_common(1) == ["123456"]


@pytest.mark.parametrize(("password", "left"), BARE.values(), ids=BARE)
def test_finery_is_taken_off(password, left):
    assert bare(password) == left


def test_a_long_one_takes_no_long_time():
    # A pattern that tries everything would not come back from this within the life of this machine.
    assert bare("a" + "-1" * 5_000 + "b") == "a" + "-1" * 5_000 + "b"
