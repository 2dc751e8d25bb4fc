"""One large random number, in base 36, and a row that is written in zeros and ones."""

from hashlib import sha3_256
from random import SystemRandom

DICE = SystemRandom()
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


def new_id(user: str | None) -> str:
    number, digits = DICE.getrandbits(256), ""
    while number:
        number, rest = divmod(number, 36)
        digits += DIGITS[rest]
    return digits.ljust(50, "0")


def fingerprint(session_id: str) -> str:
    return f"{int(sha3_256(session_id.encode()).hexdigest(), 16):0256b}"
