"""Make a code that says nothing about the next one.

Who has no phone app at hand asks for a text message. The shop makes its six digits from a secret that only it knows
and from the number of the message: it begins at a secret place and counts on. Mallory saw one message on Alice's lock
screen. Now she types Alice's password, asks for another message, and adds one.

RFC 4226, 5.3 says how to do it (HOTP), and the apps on phones do it so, too: an HMAC of the counter, *truncated* to a
few digits. RFC 6238 puts a time step in the counter's place (TOTP), and allows SHA-256 and SHA-512.
(OWASP ASVS 5.0, 6.5.3; CWE-330)
"""

import hashlib


def hotp(secret: bytes, counter: int, digits: int, algorithm: str) -> str:
    """Return the code of this counter: so many digits. `algorithm` is "sha1", "sha256" or "sha512".

    It is to be made by hand: pyotp is closed here. `hmac.digest(secret, message, algorithm)` makes an HMAC, and
    `int.to_bytes` and `int.from_bytes` turn numbers into bytes and back.
    """
    # TODO: The code is the one that RFC 4226 gives, to the last digit, whichever secret, counter and algorithm. The
    # message is the counter in eight bytes, the highest first. The last four bits of the HMAC are a position, from 0.
    # Read the four bytes there, the highest first, as a number, and set its highest bit to 0. The code is that number's
    # last digits, zeros in front kept.
    start = int.from_bytes(hashlib.new(algorithm, secret).digest(), "big")
    return str((start + counter) % 10**digits).zfill(digits)
