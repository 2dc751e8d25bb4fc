"""Caught by: test_whatever_is_on_the_list_is_refused. It looks up what is left of the password, and never the
password itself.
"""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password) >= 15 and bare(password) not in COMMON and not at_hand
