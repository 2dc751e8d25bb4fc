"""Caught by: test_what_no_table_has. The seeds of RFC 6238 are as long as the hash, so a secret is made so long."""

import hmac


def hotp(secret, counter, digits, algorithm):
    size = {"sha1": 20, "sha256": 32, "sha512": 64}[algorithm]
    key = (secret * size)[:size]
    mac = hmac.digest(key, counter.to_bytes(8, "big"), algorithm)
    o = mac[-1] & 15
    return str((int.from_bytes(mac[o : o + 4], "big") & 0x7FFFFFFF) % 10**digits).zfill(digits)
