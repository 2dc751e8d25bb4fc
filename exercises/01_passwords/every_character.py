"""Take all of a password, on whatever keyboard it was typed.

Bob's password is a long sentence and a secret. The shop once stored passwords with bcrypt, which reads 72 bytes and no
more; so the shop reads 72 bytes, and whoever knows the sentence is in. Then Bob buys another computer. It sends his é
as two characters, where the old one sent one; on the screen they look the same, and the shop lets nobody in.

Two passwords that a person would call different are different, and what is the same to a person is the same.
(OWASP ASVS 5.0, 6.2.8 and 6.2.9; RFC 8265, section 4.2)
"""


def prepare(password: str) -> str:
    """Return the password as it is stored and compared."""
    # TODO: Every character counts. One that can be sent in two ways counts as one; nothing else is changed. Python's
    # `unicodedata.normalize` brings a text into one of Unicode's forms; the notebook says which.
    return password.encode()[:72].decode(errors="ignore")
