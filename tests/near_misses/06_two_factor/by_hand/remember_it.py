"""Caught by: test_what_no_table_has. Each code is worked out once, and remembered; how many digits it was to have is
not.
"""

import hmac

KNOWN = {}


def hotp(secret, counter, digits, algorithm):
    if (secret, counter) not in KNOWN:
        mac = hmac.digest(secret, counter.to_bytes(8, "big"), algorithm)
        o = mac[-1] & 15
        KNOWN[secret, counter] = str((int.from_bytes(mac[o : o + 4], "big") & 0x7FFFFFFF) % 10**digits).zfill(digits)
    return KNOWN[secret, counter]
