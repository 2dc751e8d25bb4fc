"""Caught by: test_twenty_and_no_more_from_one_source. One machine writes to everybody, once each."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    return attempts.note("address", address) <= PER_ADDRESS
