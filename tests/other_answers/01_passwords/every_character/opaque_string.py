"""Follows RFC 8265's OpaqueString to the letter: other blanks become the plain one."""

import unicodedata


def prepare(password: str) -> str:
    spaced = "".join(" " if unicodedata.category(each) == "Zs" else each for each in password)
    return unicodedata.normalize("NFC", spaced)
