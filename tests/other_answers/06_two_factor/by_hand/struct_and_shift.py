"""It packs with struct and cuts by remainders."""

import hashlib
import hmac
import struct


def hotp(secret, counter, digits, algorithm):
    mac = hmac.new(secret, struct.pack(">Q", counter), getattr(hashlib, algorithm)).digest()
    start = mac[-1] % 16
    (n,) = struct.unpack_from(">I", mac, start)
    return f"{n % 2**31 % 10**digits:0{digits}d}"
