"""Caught by: test_five_mails_come. Less than five, where five may come."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    to_address, from_source = attempts.note("address", address), attempts.note("source", source)
    return to_address < PER_ADDRESS and from_source < PER_SOURCE
