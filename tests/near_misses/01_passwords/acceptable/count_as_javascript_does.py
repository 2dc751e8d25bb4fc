"""Caught by: test_fourteen_characters_are_too_few. What JavaScript calls the length of a picture is two, so that
seven of them and a letter are long.
"""

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    return (
        len(password.encode("utf-16-le")) // 2 >= 15
        and low not in COMMON
        and bare(password) not in COMMON
        and name.casefold() not in low
        and "teashop" not in low
    )
