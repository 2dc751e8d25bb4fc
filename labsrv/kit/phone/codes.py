"""How the phone's codes follow from a secret: HOTP (RFC 4226) and TOTP (RFC 6238). For the phone alone.

Exercises ask for this very thing, so no submission may import it.
"""

import hmac
import struct

from labsrv.kit.addresses.otpauth import Otpauth


def code_at(account: Otpauth, count: int) -> str:
    """Return the code for a count (RFC 4226, 5.3), with its leading zeros."""
    digest = hmac.digest(account.secret, struct.pack(">Q", count), account.algorithm.lower())
    offset = digest[-1] & 0xF
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFF_FFFF
    return str(number % 10**account.digits).zfill(account.digits)


def step_at(account: Otpauth, seconds: float) -> int:
    """Return the number of the time step at a moment in seconds since the epoch (RFC 6238, 4.2)."""
    return max(0, int(seconds // account.period))
