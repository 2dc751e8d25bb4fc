"""Caught by: test_others_are_not_concerned. Counts all mail: when Mallory has filled the quarter of an hour, nobody
gets any."""

from labsrv.kit.attempts import Attempts

PER_ADDRESS, PER_SOURCE = 5, 20


def may_send(attempts: Attempts, address: str, source: str) -> bool:
    return attempts.note("all", "mail") <= PER_ADDRESS and attempts.note("source", source) <= PER_SOURCE
