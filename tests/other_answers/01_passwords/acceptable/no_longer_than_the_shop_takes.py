"""Looks at the password's compatibility form for names and common words, and has an upper limit beyond the shop's."""

import unicodedata

from labsrv.kit.common_passwords import COMMON, bare


def acceptable(password: str, name: str) -> bool:
    if not 15 <= len(password) <= 1000:
        return False
    plain = unicodedata.normalize("NFKC", password).casefold()
    if name.casefold() in plain or "teashop" in plain.replace(" ", "").replace("-", ""):
        return False
    return not {plain, bare(plain), bare(password)} & COMMON
