"""Caught by: test_what_no_table_has. HMAC by hand; a key longer than a block is cut, where HMAC hashes it."""

import hashlib


def hotp(secret, counter, digits, algorithm):
    size = 128 if algorithm == "sha512" else 64
    key = secret[:size].ljust(size, b"\0")

    def new(data):
        return hashlib.new(algorithm, data).digest()

    mac = new(bytes(b ^ 0x5C for b in key) + new(bytes(b ^ 0x36 for b in key) + counter.to_bytes(8, "big")))
    o = mac[-1] & 15
    return str((int.from_bytes(mac[o : o + 4], "big") & 0x7FFFFFFF) % 10**digits).zfill(digits)
