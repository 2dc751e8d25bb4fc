"""Caught by: test_what_is_at_hand_is_refused. Who likes their name begins with it, mostly."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password) >= 15
        and low not in COMMON
        and bare(password) not in COMMON
        and not low.startswith((name.casefold(), "teashop"))
    )
