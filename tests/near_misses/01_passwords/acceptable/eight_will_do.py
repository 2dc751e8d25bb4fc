"""Caught by: test_fourteen_characters_are_too_few. Eight is what ASVS demands at the least, and too few where
nothing else is asked for.
"""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password) >= 8 and not common and not at_hand
