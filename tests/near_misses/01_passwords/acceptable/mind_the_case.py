"""Caught by: test_whatever_is_on_the_list_is_refused. The list is in lower case, and so is nobody's password."""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = password in COMMON or bare(password) in COMMON
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password) >= 15 and not common and not at_hand
