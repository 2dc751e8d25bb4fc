"""It reads the HMAC as hexadecimal digits, and takes the code apart digit by digit."""

import hmac


def hotp(secret, counter, digits, algorithm):
    if not 1 <= digits <= 10:
        raise ValueError("digits")
    mac = hmac.HMAC(key=secret, msg=bytes.fromhex(f"{counter:016x}"), digestmod=algorithm.lower()).hexdigest()
    start = 2 * int(mac[-1], 16)
    n = int(mac[start : start + 8], 16) & ~(1 << 31)
    code = ""
    for _ in range(digits):
        n, d = divmod(n, 10)
        code = str(d) + code
    return code
