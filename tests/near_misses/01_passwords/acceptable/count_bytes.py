"""Caught by: test_fourteen_characters_are_too_few. It counts what goes over the wire: an umlaut is two."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password.encode()) >= 15 and not common and not at_hand
