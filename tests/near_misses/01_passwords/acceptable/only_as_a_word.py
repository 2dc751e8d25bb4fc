"""Caught by: test_what_is_at_hand_is_refused. It compares words, and finds no name that is written into one."""

import re

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password) >= 15
        and low not in COMMON
        and bare(password) not in COMMON
        and not {name.casefold(), "teashop"} & set(re.split(r"\W+", low))
    )
