"""Caught by: test_what_is_at_hand_is_refused. It minds the name as it is written, and not in capitals."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    return len(password) >= 15 and not common and name not in password and "teashop" not in plain
