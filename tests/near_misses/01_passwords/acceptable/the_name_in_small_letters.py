"""Caught by: test_what_is_at_hand_is_refused. It looks for the name as it is, in a password of which only small
letters are left.
"""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password) >= 15
        and low not in COMMON
        and bare(password) not in COMMON
        and name not in low
        and "teashop" not in low
    )
