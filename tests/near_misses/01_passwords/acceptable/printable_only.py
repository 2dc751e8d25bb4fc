"""Caught by: test_any_characters_will_do. A picture of two holds a joiner that is not printable, and a tab is none
either.
"""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password) >= 15
        and password.isprintable()
        and low not in COMMON
        and bare(password) not in COMMON
        and name.casefold() not in low
        and "teashop" not in low
    )
