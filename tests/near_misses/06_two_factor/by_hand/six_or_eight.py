"""Caught by: test_what_no_table_has. The two tables have six digits and eight; seven were forgotten."""

import hmac


def hotp(secret, counter, digits, algorithm):
    mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
    o = mac[-1] & 15
    n = int.from_bytes(mac[o : o + 4], "big") & 0x7FFFFFFF
    return str(n % (10**8 if digits == 8 else 10**6)).zfill(digits)
