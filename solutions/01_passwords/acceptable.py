from labsrv.kit.common_passwords import COMMON, bare

SHORTEST = 15


def acceptable(password: str, name: str) -> bool:
    # Length and a list in place of rules: rules tell Mallory what to try, and a list takes away what she would try.
    plain = password.casefold()
    common = plain in COMMON or bare(password) in COMMON
    at_hand = name.casefold() in plain or "teashop" in plain

    return len(password) >= SHORTEST and not common and not at_hand
