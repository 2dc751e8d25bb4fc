"""Caught by: test_any_characters_will_do. Whoever draws twenty-four digits has to add a letter."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password) >= 15
        and any(c.isalpha() for c in password)
        and low not in COMMON
        and bare(password) not in COMMON
        and name.casefold() not in low
        and "teashop" not in low
    )
