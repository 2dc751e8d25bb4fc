"""The source first, and an address is counted only if its source may still send."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    return attempts.note("source", source) <= PER_SOURCE and attempts.note("address", address) <= PER_ADDRESS
