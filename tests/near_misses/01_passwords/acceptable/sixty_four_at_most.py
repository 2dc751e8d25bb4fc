"""Caught by: test_any_characters_will_do. It takes what must be permitted at the least for what may be permitted
at the most.
"""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    at_hand = name.casefold() in plain or "teashop" in plain
    return 15 <= len(password) <= 64 and not common and not at_hand
