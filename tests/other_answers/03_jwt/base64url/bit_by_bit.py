"""Reads six bits a letter into one number, and raises an error of its own."""

import string

LETTERS = string.ascii_uppercase + string.ascii_lowercase + string.digits + "-_"


class NotCanonical(ValueError):
    """A text that no encoder writes."""


def base64url_decode(text: str) -> bytes:
    number = 0
    for letter in text:
        value = LETTERS.find(letter)
        if value < 0:
            raise NotCanonical(f"{letter!r} is no letter of base64url")
        number = number << 6 | value
    spare = 6 * len(text) % 8
    if spare == 6 or number & ((1 << spare) - 1):
        raise NotCanonical("bits are left over")
    return (number >> spare).to_bytes(6 * len(text) // 8, "big")
