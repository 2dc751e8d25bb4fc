"""Caught by: test_what_is_at_hand_is_refused. A short name may be in a word by chance; it is at hand all the same."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password) >= 15
        and low not in COMMON
        and bare(password) not in COMMON
        and not (len(name) > 5 and name.casefold() in low)
        and "teashop" not in low
    )
