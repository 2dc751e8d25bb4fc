"""Caught by: test_any_characters_will_do. It keeps out what might cause trouble, and with it other alphabets."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password) >= 15 and password.isascii() and not common and not at_hand
