"""Caught by: test_any_characters_will_do. Blanks look like a mistake, and are what a sentence has."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password) >= 15 and " " not in password and not common and not at_hand
