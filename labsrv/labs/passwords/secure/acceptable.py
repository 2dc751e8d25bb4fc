"""Accept any password that is long and that nobody would try."""

from labsrv.kit.common_passwords import COMMON, bare

SHORTEST = 15
AT_HAND = ("teashop", "tea shop", "tea-shop")


def acceptable(password: str, name: str) -> bool:
    """Ask for length, not for kinds of characters; refuse common ones and those that are at hand.

    ASVS 6.2.1, 6.2.4, 6.2.5, 6.2.11. Fifteen characters, since there is no second factor (NIST SP 800-63B-4, 3.1.1.2).
    Few common passwords are that long by themselves; `bare` finds those that were made long.
    """
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    at_hand = any(word in plain for word in (name.casefold(), *AT_HAND))

    return len(password) >= SHORTEST and not common and not at_hand
