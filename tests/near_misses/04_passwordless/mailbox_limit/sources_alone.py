"""Caught by: test_five_and_no_more_to_one_address. Many machines ask once each, and all of it goes to Alice."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    return attempts.note("source", source) <= PER_SOURCE
