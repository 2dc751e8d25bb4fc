"""It builds the HMAC of RFC 2104 from a hash."""

import hashlib


def hotp(secret, counter, digits, algorithm):
    new = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha512": hashlib.sha512}[algorithm]
    size = new().block_size
    key = (new(secret).digest() if len(secret) > size else secret).ljust(size, b"\0")
    inner = new(bytes(b ^ 0x36 for b in key) + counter.to_bytes(8, "big")).digest()
    mac = new(bytes(b ^ 0x5C for b in key) + inner).digest()
    o = mac[-1] & 15
    code = ((mac[o] & 127) << 24) | (mac[o + 1] << 16) | (mac[o + 2] << 8) | mac[o + 3]
    return str(code).zfill(10)[-digits:]
