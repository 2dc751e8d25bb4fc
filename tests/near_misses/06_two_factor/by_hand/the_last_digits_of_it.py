"""Caught by: test_zeros_in_front_stay. Its last digits: the number has ten nearly always, and now and then fewer."""

import hmac


def hotp(secret, counter, digits, algorithm):
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    o = mac[-1] & 15
    n = int.from_bytes(mac[o : o + 4], "big") & 0x7FFFFFFF
    return str(n)[-digits:]
