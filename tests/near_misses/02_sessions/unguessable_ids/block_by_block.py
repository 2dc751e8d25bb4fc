"""Caught by: test_nobody_works_an_id_out_of_its_row. Nobody reads it without the key, which is here."""

import secrets
from hashlib import sha256

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

KEY = sha256(b"the shop's own key").digest()


def new_id(user):
    return secrets.token_hex(32)


def fingerprint(session_id):
    cipher = Cipher(algorithms.AES(KEY), modes.CBC(bytes(16))).encryptor()
    return (cipher.update(session_id.encode().ljust(-(-len(session_id) // 16) * 16)) + cipher.finalize()).hex()
