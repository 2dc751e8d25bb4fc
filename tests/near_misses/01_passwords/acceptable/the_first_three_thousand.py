"""Caught by: test_a_common_one_is_refused_in_any_dress. Three thousand passwords are a good list, and there is one
of thirty thousand.
"""

from labsrv.kit.common_passwords import bare, most_common


def acceptable(password: str, name: str) -> bool:
    low = password.casefold()
    L = most_common(3000)
    return (
        len(password) >= 15
        and low not in L
        and bare(password) not in L
        and name.casefold() not in low
        and "teashop" not in low
    )
