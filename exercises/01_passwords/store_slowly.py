"""Store what a password can be checked against, and not found out from.

Mallory has a copy of the shop's table of users: an old laptop, a backup in the wrong place. Bob's new password stands
in it as he typed it. A fast hash would not help him much: her machine tries a million a second, and a graphics card
billions. She hashes each guess once and looks whose it is, if the same password looks the same in every row.

Make each guess as dear as the shop can afford, and each row her work from the beginning.  (OWASP ASVS 5.0, 11.4.2;
CWE-256, CWE-916)
"""

from labsrv.kit.passwords import Hasher


def store_password(hasher: Hasher, password: str) -> str:
    """Return what the table keeps of a password; labsrv/kit/kept_passwords.py says what the shop can read.

    What `hasher` can do, at the shop's cost, is in labsrv/kit/passwords.py.
    """
    # TODO: Whoever has stolen the table pays for each guess, and for each row anew, at the cost of the shop's hasher.
    return "{plaintext}" + password
