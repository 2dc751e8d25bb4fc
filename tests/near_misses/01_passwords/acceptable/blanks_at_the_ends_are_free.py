"""Caught by: test_fourteen_characters_are_too_few. It counts what is between the blanks; they are characters as
well.
"""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password.strip()) >= 15
        and low not in COMMON
        and bare(password) not in COMMON
        and name.casefold() not in low
        and "teashop" not in low
    )
