"""Caught by: test_a_common_word_among_others_does_no_harm. No common word may be in it anywhere: hardly any
sentence is left.
"""

from labsrv.kit.common_passwords import COMMON


def acceptable(password: str, name: str) -> bool:
    plain = password.casefold()
    common = any(word in plain for word in COMMON if len(word) > 4)
    at_hand = name.casefold() in plain or "teashop" in plain
    return len(password) >= 15 and not common and not at_hand
