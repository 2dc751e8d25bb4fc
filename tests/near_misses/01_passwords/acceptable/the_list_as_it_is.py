"""Caught by: test_a_common_one_is_refused_in_any_dress. It looks the password up as it is: said three times
over, it is not on the list.
"""

from labsrv.kit.common_passwords import COMMON


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password) >= 15 and plain not in COMMON and not at_hand
