"""Caught by: test_the_new_password_works. It has argon2id's looks and a salt, and a fast hash of the password at its
end.
"""

import base64
import hashlib
import os

from labsrv.kit.passwords import COSTS, Hasher


def base64_of(data: bytes) -> str:
    return base64.b64encode(data).decode().rstrip("=")


def store_password(hasher: Hasher, password: str) -> str:
    salt = os.urandom(16)
    d = hashlib.sha256(salt + password.encode()).digest()
    m = COSTS[hasher.cost]
    return f"$argon2id$v=19$m={m['memory_cost']},t={m['rounds']},p={m['parallelism']}${base64_of(salt)}${base64_of(d)}"
