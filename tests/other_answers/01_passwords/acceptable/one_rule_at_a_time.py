"""Asks rule by rule, with the shop's name in three ways of writing."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    if len(password) < 15:
        return False
    low = password.casefold()
    for word in (name.casefold(), "teashop", "tea shop", "tea-shop"):
        if word in low:
            return False
    return low not in COMMON and bare(password) not in COMMON
